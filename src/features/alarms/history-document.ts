import * as vscode from 'vscode';
import type { Disposable } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import type { AlarmRef } from '../../domain/alarms/model.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import type { Services } from '../../services.ts';
import { patiently } from '../../ui/patiently.ts';
import { pick } from '../../ui/prompts.ts';
import { ReadOnlyDocuments, inTitle } from '../../ui/read-only-documents.ts';
import { knownAlarms } from '../remediation/alarm-link.ts';
import { historyText } from './history-text.ts';

type NamedAlarm = AlarmRef & { readonly name: string };
type HistoryServices = Pick<Services, 'alarms' | 'clock'>;

/** The history of an alarm as a read-only document. */
export class HistoryDocuments implements Disposable {
  readonly #services: HistoryServices;
  readonly #documents = new ReadOnlyDocuments('jarvis-alarm-history');

  constructor(services: HistoryServices) {
    this.#services = services;
  }

  /** Reads the history anew. @throws JarvisError, CancelledError */
  async open(chosen: NamedAlarm | undefined): Promise<void> {
    const { alarms, clock } = this.#services;
    const alarm = chosen ?? (await pickAlarm(alarms));
    const items = await patiently(t('Reading the history of {0}', alarm.name), (signal) =>
      alarms.history(alarm, signal),
    );
    await this.#documents.show(uriOf(alarm), historyText(alarm, items, clock.now()));
  }

  dispose(): void {
    this.#documents.dispose();
  }
}

/** The path is the tab's title; the query tells alarms of one name in two places apart. */
function uriOf({ name, arn, scope }: NamedAlarm): vscode.Uri {
  return vscode.Uri.from({
    scheme: 'jarvis-alarm-history',
    path: `/${inTitle(name)}.log`,
    query: JSON.stringify([scope, arn]),
  });
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
