import { sleep } from '../../../core/async.ts';
import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Checks } from '../expectation.ts';
import type { Check } from './check.ts';

/** CloudWatch's own evaluation takes at least this long, so asking more often says nothing new. */
const lookMs = 5_000;

/** Asked from CloudWatch itself: a notice alone proves nothing. */
export const alarmOk: Check<Checks['alarmOk']> = async ({ alarm }, { world, tell, signal }) => {
  const { alarms, clock } = world;
  while (!signal.aborted) {
    try {
      const now = await alarms.describe(alarm, signal);
      tell({ met: now?.state === 'OK', seen: now ? now.state : t('the alarm was deleted') });
    } catch (error) {
      if (isCancelled(error)) return;
      tell({ met: false, seen: toJarvisError(error).message });
    }
    await sleep(clock, lookMs, signal).catch(() => undefined);
  }
};
