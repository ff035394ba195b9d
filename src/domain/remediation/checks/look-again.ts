import { sleep } from '../../../core/async.ts';
import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import type { Looking, Seen } from './check.ts';

/** Looks at what nobody tells of, until the signal fires: at once, soon again, then ever slower. Trouble is told as seen. */
export async function lookAgain(
  { world, tell, signal }: Looking,
  look: () => Promise<Seen>,
  { firstMs, slowestMs }: { readonly firstMs: number; readonly slowestMs: number },
): Promise<void> {
  for (let pause = firstMs; !signal.aborted; pause = Math.min(pause * 2, slowestMs)) {
    try {
      tell(await look());
    } catch (error) {
      if (isCancelled(error)) return;
      tell({ met: false, seen: toJarvisError(error).message });
    }
    await sleep(world.clock, pause, signal).catch(() => undefined);
  }
}
