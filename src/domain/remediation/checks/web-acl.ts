import { t } from '../../../core/l10n.ts';
import type { Checks } from '../expectation.ts';
import type { Check } from './check.ts';
import { lookAgain } from './look-again.ts';

/** Asked from WAF itself: the controller acts on the annotation within seconds, or says in an event why it does not. */
export const webAcl: Check<Checks['webAcl']> = ({ loadBalancer, arn }, looking) => {
  const { world, signal } = looking;
  const look = async () => {
    const now = await world.waf.associated(loadBalancer, signal);
    return { met: (now?.arn ?? null) === arn, seen: now?.name ?? t('no Web ACL') };
  };
  return lookAgain(looking, look, { firstMs: 250, slowestMs: 5_000 });
};
