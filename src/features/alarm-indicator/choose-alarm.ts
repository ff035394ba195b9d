import type { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { errorOf, valueOf } from '../../core/loadable.ts';
import { alarmInWords } from '../../domain/alarms/in-words.ts';
import { alarmConsoleUrl } from '../../domain/alarms/links.ts';
import type { Alarm } from '../../domain/alarms/model.ts';
import { filterAlarms } from '../../domain/alarms/order.ts';
import type { AlarmSource, ScopeAlarms } from '../../domain/alarms/source.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
import { openSettings } from '../../ui/open-settings.ts';
import { openUrl } from '../../ui/open-url.ts';
import { inLabel } from '../../ui/plain-text.ts';
import { type Choice, pick } from '../../ui/prompts.ts';
import { duration } from '../../ui/time.ts';
import { stateIcon } from '../alarms/alarm-facts.ts';
import { act } from './act.ts';
import { actionLabel, actionsFor } from './notice.ts';

type Row = { readonly alarm: Alarm } | { readonly scope: string; readonly error?: JarvisError };

/** The alarms, worst first, after the scopes that are not read (yet); then what to do about the chosen one. */
export async function chooseAlarm(services: Services): Promise<void> {
  const { alarms: source, clock } = services;
  if (source.scopes.length === 0) {
    await openSettings('@id:jarvis.aws.scopes');
    return;
  }
  const row = await pick(rows(source, clock.now()), { title: t('Alarms'), placeHolder: t('An alarm to look at') });
  if ('alarm' in row) return chooseAction(row.alarm);
  if (row.error) return showError(row.error, () => void source.refresh(row.scope));
  await source.refresh(row.scope);
  await chooseAlarm(services);
}

async function rows(source: AlarmSource, now: number): Promise<readonly Choice<Row>[]> {
  await firstAnswer(source);
  const troubles = source.scopes.flatMap((scope) => troubleRow(scope) ?? []);
  const all = source.scopes.flatMap(({ alarms }) => [...(valueOf(alarms)?.values() ?? [])]);
  const known = filterAlarms(all, { states: new Set(), text: '' });
  return [...troubles, ...known.map((alarm) => alarmRow(alarm, now))];
}

/** A scope that hangs keeps nobody from the alarms of the others. */
async function firstAnswer(source: AlarmSource): Promise<void> {
  if (source.scopes.every(({ alarms }) => alarms.state === 'loading'))
    await Promise.race(source.scopes.map(({ scope }) => source.refresh(scope.label)));
}

function troubleRow({ scope: { label }, alarms }: ScopeAlarms): Choice<Row> | undefined {
  if (alarms.state === 'loading')
    return { label, icon: 'loading~spin', description: t('not read yet'), value: { scope: label } };
  const error = errorOf(alarms);
  if (!error) return undefined;
  return {
    label,
    icon: 'question',
    description: t('unknown'),
    detail: error.message,
    value: { scope: label, error },
  };
}

function alarmRow(alarm: Alarm, now: number): Choice<Row> {
  const { account, name, region, since, state } = alarm;
  return {
    label: name,
    icon: stateIcon(state).id,
    description: `${stateInWords(state)} · ${duration(now - since)} · ${account} ${region}`,
    detail: alarmInWords(alarm),
    value: { alarm },
  };
}

async function chooseAction(alarm: Alarm): Promise<void> {
  const { arn, name, scope } = alarm;
  const offered = actionsFor(alarm).map((action) => ({
    label: action === 'show' ? t('Show in the Alarms view') : actionLabel(action),
    value: () => act(action, alarm),
  }));
  const url = alarmConsoleUrl(arn);
  const run = await pick(
    [
      ...offered.slice(1),
      { label: t('History'), value: () => executeCommand('jarvis.openAlarmHistory', { alarm: { arn, name, scope } }) },
      ...offered.slice(0, 1),
      ...(url ? [{ label: t('Open in CloudWatch'), value: () => openUrl(url) }] : []),
    ],
    { title: inLabel(name), placeHolder: alarmInWords(alarm) },
  );
  await run();
}
