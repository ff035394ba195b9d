import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import type { AlarmRef } from '../../domain/alarms/model.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import type { Services } from '../../services.ts';
import { pick } from '../../ui/prompts.ts';
import { knownAlarms } from '../remediation/alarm-link.ts';
import { historyText } from './history-text.ts';

type NamedAlarm = AlarmRef & { readonly name: string };
type HistoryServices = Pick<Services, 'alarms' | 'clock'>;
const scheme = 'jarvis-alarm-history';

/** The history of an alarm as a read-only document: it can be searched, selected and kept beside other editors. */
export class HistoryDocuments implements Disposable {
  readonly #services: HistoryServices;
  readonly #store = new DisposableStore();
  readonly #changed = this.#store.add(new vscode.EventEmitter<vscode.Uri>());
  readonly #texts = new Map<string, string>();

  constructor(services: HistoryServices) {
    this.#services = services;
    this.#store.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()) ?? '',
      }),
    );
    this.#store.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#texts.delete(uri.toString())));
  }

  /** Reads the history anew. @throws JarvisError, CancelledError */
  async open(chosen: NamedAlarm | undefined): Promise<void> {
    const alarm = chosen ?? (await pickAlarm(this.#services.alarms));
    const uri = uriOf(alarm);
    this.#texts.set(uri.toString(), await read(this.#services, alarm));
    this.#changed.fire(uri);
    await vscode.window.showTextDocument(uri, { preview: true });
  }

  dispose(): void {
    this.#store.dispose();
  }
}

function read({ alarms, clock }: HistoryServices, alarm: NamedAlarm): Promise<string> {
  const title = t('Reading the history of {0}', alarm.name);
  const work = async (_: unknown, token: vscode.CancellationToken) => {
    const flight = new AbortController();
    const listening = token.onCancellationRequested(() => flight.abort());
    try {
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
