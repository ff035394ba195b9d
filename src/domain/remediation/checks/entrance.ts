import { answerInWords } from '../../waf/in-words.ts';
import type { Answer } from '../../waf/prober.ts';
import type { Checks } from '../expectation.ts';
import type { Check } from './check.ts';
import { lookAgain } from './look-again.ts';

type Blocked = Checks['entrance']['blocked'];

/** Asked as a visitor. A site that is open may still fail by itself: that is not what a Web ACL answers for. */
export const entrance: Check<Checks['entrance']> = ({ entrance, is, blocked }, looking) => {
  const { world, signal } = looking;
  const look = async () => {
    const answer = await world.prober.ask(entrance, signal);
    return { met: isBlocked(answer, blocked) === (is === 'blocked'), seen: answerInWords(answer) };
  };
  return lookAgain(looking, look, { firstMs: 250, slowestMs: 5_000 });
};

function isBlocked({ status, location }: Answer, blocked: Blocked): boolean {
  return status === blocked.status && location === blocked.location;
}
