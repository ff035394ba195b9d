import { t } from '../../core/l10n.ts';
import type { AlarmSummary } from '../../domain/alarms/summary.ts';

/** The status bar item's look; never a name from a server, so that nothing can be drawn into it. */
export interface IndicatorStatus {
  readonly text: string;
  readonly spoken: string;
  readonly severity: 'error' | 'warning' | 'none';
}

/** One short item: a shape, a number, the worst state in words. */
export function statusOf({ worst, counts, problems }: AlarmSummary): IndicatorStatus {
  switch (worst) {
    case 'ALARM':
      return problems.length > 0
        ? status('error', t('{0} in alarm, more unknown', counts.ALARM), 'error')
        : status('error', t('{0} in alarm', counts.ALARM), 'error');
    case 'unknown':
      return status('question', t('Alarms unknown'), 'warning');
    case 'INSUFFICIENT_DATA':
      return status('question', t('{0} without data', counts.INSUFFICIENT_DATA));
    case 'OK':
      return status('pass', t('{0} alarms OK', counts.OK));
    case 'loading':
      return status('loading~spin', t('Alarms…'));
    case 'none':
      return status('circle-large-outline', t('No alarms'));
  }
}

function status(icon: string, words: string, severity: IndicatorStatus['severity'] = 'none'): IndicatorStatus {
  return { text: `$(${icon}) ${words}`, spoken: t('CloudWatch: {0}', words), severity };
}
