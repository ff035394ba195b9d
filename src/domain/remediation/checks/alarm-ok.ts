import { t } from '../../../core/l10n.ts';
import type { Checks } from '../expectation.ts';
import type { Check } from './check.ts';
import { lookAgain } from './look-again.ts';

/** CloudWatch's own evaluation takes at least this long, so asking more often says nothing new. */
const lookMs = 5_000;

/** Asked from CloudWatch itself: a notice alone proves nothing. */
export const alarmOk: Check<Checks['alarmOk']> = ({ alarm }, looking) => {
  const { world, signal } = looking;
  const look = async () => {
    const now = await world.alarms.describe(alarm, signal);
    return { met: now?.state === 'OK', seen: now ? now.state : t('the alarm was deleted') };
  };
  return lookAgain(looking, look, { firstMs: lookMs, slowestMs: lookMs });
};
