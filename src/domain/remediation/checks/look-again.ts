import { sleep } from '../../../core/async.ts';
import { isCancelled } from '../../../core/errors.ts';
import { type Looking, orTrouble, type Seen } from './check.ts';

/** Looks at what nobody tells of, until the signal fires: at once, soon again, then ever slower. Trouble is told as seen. */
export async function lookAgain(
  { world, tell, signal }: Looking,
  look: () => Promise<Seen>,
  { firstMs, slowestMs }: { readonly firstMs: number; readonly slowestMs: number },
): Promise<void> {
  try {
    for (let pause = firstMs; !signal.aborted; pause = Math.min(pause * 2, slowestMs)) {
      tell(await orTrouble(look));
      await sleep(world.clock, pause, signal);
    }
  } catch (error) {
    // the signal has fired while nothing was looked at
    if (!isCancelled(error)) throw error;
  }
}
