import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { systemClock } from '../../src/core/clock.ts';
import { HistoryDocuments } from '../../src/features/alarms/history-document.ts';
import { FakeAlarmSource } from '../support/builders/alarm-source.ts';
import { anAlarm } from '../support/builders/alarms.ts';

describe("an alarm's history in VS Code", () => {
  const alarms = new FakeAlarmSource();
  const documents = new HistoryDocuments({ alarms, clock: systemClock });
  after(() => documents.dispose());

  const textOf = async (name: string): Promise<string> => {
    await documents.open(anAlarm({ name }));
    return vscode.window.activeTextEditor?.document.getText() ?? '';
  };

  it('opens as a document of its own kind', async () => {
    alarms.histories = () =>
      Promise.resolve([{ at: 0, type: 'StateUpdate', summary: 'Alarm updated', from: 'OK', to: 'ALARM' }]);
    assert.match(await textOf('cpu'), /OK → in alarm {2}\(Alarm updated\)/);
    assert.equal(vscode.window.activeTextEditor?.document.uri.scheme, 'jarvis-alarm-history');
  });

  it('opens for any name that AWS allows', async () => {
    alarms.histories = () => Promise.resolve([]);
    assert.match(await textOf('a/b ../<img>?#%'), /^a\/b \.\.\/<img>\?#%$/m);
  });
});
