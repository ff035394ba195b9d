import { t } from '../../core/l10n.ts';
import { alarmInWords } from '../../domain/alarms/in-words.ts';
import type { Alarm } from '../../domain/alarms/model.ts';
import type { AlarmNews } from '../../domain/alarms/notices.ts';
import { inNotice } from '../../ui/plain-text.ts';
import { isAboutPods } from '../alarms/alarm-facts.ts';

export type NoticeAction = 'show' | 'chart' | 'scale';

/** What a notice says and offers. */
export interface AlarmNotification {
  readonly message: string;
  readonly severity: 'warning' | 'information';
  /** The alarm that chart and scale are about; undefined where there are many. */
  readonly alarm: Alarm | undefined;
  readonly actions: readonly NoticeAction[];
}

const namesShown = 3;

export function notificationOf({ kind, alarms }: AlarmNews): AlarmNotification {
  const [first, ...others] = alarms;
  const alarm = others.length === 0 ? first : undefined;
  if (kind === 'recovered')
    return { message: recovered(alarms, alarm), severity: 'information', alarm, actions: ['show'] };
  const message = alarm
    ? t('{0} is in alarm: {1}', inNotice(alarm.name), inNotice(alarmInWords(alarm)))
    : t('{0} alarms: {1}', alarms.length, names(alarms));
  return { message, severity: 'warning', alarm, actions: alarm ? actionsFor(alarm) : ['show'] };
}

/** What can be done about an alarm, for notices and the quick pick alike. */
export function actionsFor(alarm: Alarm): readonly NoticeAction[] {
  return isAboutPods(alarm) ? ['show', 'chart', 'scale'] : ['show', 'chart'];
}

export function actionLabel(action: NoticeAction): string {
  switch (action) {
    case 'show':
      return t('Show');
    case 'chart':
      return t('Chart');
    case 'scale':
      return t('Scale HPA…');
  }
}

function recovered(alarms: readonly Alarm[], alarm: Alarm | undefined): string {
  return alarm
    ? t('{0} is OK again.', inNotice(alarm.name))
    : t('{0} alarms are OK again: {1}', alarms.length, names(alarms));
}

function names(alarms: readonly Alarm[]): string {
  const shown = alarms.slice(0, namesShown).map(({ name }) => inNotice(name));
  const more = alarms.length - shown.length;
  return more > 0 ? t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}
