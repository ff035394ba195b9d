import { t } from '../../../core/l10n.ts';
import type { Checks } from '../expectation.ts';
import { type Check, onEachChange } from './check.ts';

export const utilization: Check<Checks['utilization']> = ({ metric, atMost }, looking) =>
  onEachChange('horizontalpodautoscalers', looking, ({ metrics }) => {
    const current = metrics.find(({ name }) => name === metric)?.current;
    if (current === undefined) return { met: false, seen: t('no value yet') };
    return { met: current <= atMost, seen: `${current} %` };
  });
