import { t } from '../../../core/l10n.ts';
import { type Check, onEachChange } from './check.ts';

/** The HPA's metric is at or under the threshold, in percent of the pods' request. */
export const utilization: Check<{ readonly metric: string; readonly atMost: number }> = ({ metric, atMost }, looking) =>
  onEachChange('horizontalpodautoscalers', looking, ({ metrics }) => {
    const current = metrics.find(({ name }) => name === metric)?.current;
    if (current === undefined) return { met: false, seen: t('no value yet') };
    return { met: current <= atMost, seen: `${current} %` };
  });
