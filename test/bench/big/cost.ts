import { monitorEventLoopDelay } from 'node:perf_hooks';

/** What a piece of work took, and what it has left behind. */
export interface Cost {
  readonly ms: number;
  readonly cpuMs: number;
  /** The longest that anything else would have had to wait, ms on the clock. */
  readonly loopMs: number;
  /**
   * The longest turn of the event loop, CPU ms of the thread, its garbage collection included: without what the server,
   * which shares the machine, does meanwhile.
   */
  readonly turnMs: number;
  /** On the heap and beside it, after all garbage has gone. */
  readonly bytes: number;
}

/** To be run with `--expose-gc`. */
export async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const before = inUse();
  const cpu = process.cpuUsage();
  const began = performance.now();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const longestTurn = watchTurns();
  delay.enable();
  await work();
  delay.disable();
  const turnMs = longestTurn();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, loopMs: delay.max / 1e6, turnMs, bytes: inUse() - before };
}

function watchTurns(): () => number {
  let longest = 0;
  let before = threadCpuMs();
  const look = () => {
    const now = threadCpuMs();
    longest = Math.max(longest, now - before);
    before = now;
  };
  const timer = setInterval(look, 1);
  return () => {
    look();
    clearInterval(timer);
    return longest;
  };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function inUse(): number {
  for (let pass = 0; pass < 3; pass++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** The median of each figure. */
export function medianCost(costs: readonly Cost[], median: (values: readonly number[]) => number): Cost {
  const of = (name: keyof Cost) => median(costs.map((cost) => cost[name]));
  return { ms: of('ms'), cpuMs: of('cpuMs'), loopMs: of('loopMs'), turnMs: of('turnMs'), bytes: of('bytes') };
}
