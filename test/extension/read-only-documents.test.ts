import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ReadOnlyDocuments } from '../../src/ui/read-only-documents.ts';

describe('a read-only document in VS Code', () => {
  const documents = new ReadOnlyDocuments('jarvis-test');
  after(() => documents.dispose());

  it('says what was written last, also while it was being opened', async () => {
    const delays = Array.from({ length: 30 }, (_, ms) => ms);
    for (const ms of delays) {
      const uri = vscode.Uri.from({ scheme: 'jarvis-test', path: `/after ${ms} ms` });
      documents.write(uri, 'first');
      const opening = vscode.workspace.openTextDocument(uri);
      await wait(ms);
      documents.write(uri, 'second');
      const document = await opening;
      for (let patience = 0; document.getText() !== 'second' && patience < 200; patience++) await wait(10);
      assert.equal(document.getText(), 'second', `written after ${ms} ms`);
    }
  });
});
