import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { stateInWords } from '../../domain/alarms/in-words.ts';
import type { AlarmRef } from '../../domain/alarms/model.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { pick } from '../../ui/prompts.ts';
import { knownAlarms } from '../remediation/alarm-link.ts';

type NamedAlarm = AlarmRef & { readonly name: string };
const scheme = 'jarvis-alarm-history';

/** The history of an alarm as a read-only document: it can be searched, selected and kept beside other editors. */
export function registerHistory(services: Services): Disposable {
  const store = new DisposableStore();
  const changed = store.add(new vscode.EventEmitter<vscode.Uri>());
  const texts = new Map<string, string>();
  store.add(
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '',
    }),
  );
  store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())));
  store.add(
    registerCommand(services, 'jarvis.openAlarmHistory', async (from) => {
      const alarm = from?.alarm ?? (await pickAlarm(services.alarms));
      const uri = uriOf(alarm);
      texts.set(uri.toString(), await read(services, alarm));
      changed.fire(uri);
      await vscode.window.showTextDocument(uri, { preview: true });
    }),
  );
  return store;
}

function read({ alarms, clock }: Services, alarm: NamedAlarm): Promise<string> {
  const title = t('Reading the history of {0}', alarm.name);
  const work = async (_: unknown, token: vscode.CancellationToken) => {
    const flight = new AbortController();
    const listening = token.onCancellationRequested(() => flight.abort());
    try {
      const { historyText } = await import('./history-text.ts');
      return historyText(alarm, await alarms.history(alarm, flight.signal), clock.now());
    } finally {
      listening.dispose();
    }
  };
  const location = { viewId: 'jarvis.alarms' };
  return Promise.resolve(vscode.window.withProgress({ location, title, cancellable: true }, work));
}

/** The path is the tab's title; the query tells alarms of one name in two places apart. */
function uriOf({ name, arn, scope }: NamedAlarm): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '∕')}.log`, query: JSON.stringify([scope, arn]) });
}

function pickAlarm(source: AlarmSource): Promise<NamedAlarm> {
  const all = filterAlarms(knownAlarms(source), { states: new Set(), text: '' });
  return pick(
    all.map((alarm) => ({
      label: alarm.name,
      description: `${stateInWords(alarm.state)} · ${alarm.scope}`,
      value: alarm,
    })),
    { title: t('Show Alarm History'), placeHolder: all.length === 0 ? t('No alarms are known yet.') : t('Alarm') },
  );
}
