import type { Pod } from '../../kubernetes/model.ts';
import type { Rollout } from './rollout.ts';

/** How long the rollout of so many pods takes, by what these took; undefined where none of them tells. */
export function rolloutMs(
  { strategy, surge, unavailable, minReadySeconds }: Rollout,
  count: number,
  pods: readonly Pod[],
) {
  const toReady = median(pods.map(msToReady).filter((ms) => ms !== undefined));
  if (toReady === undefined) return undefined;
  const rounds = strategy === 'recreate' ? 1 : Math.ceil(count / Math.max(1, surge + unavailable));
  return rounds * (toReady + minReadySeconds * 1000);
}

/** From its making to its being ready. A container that was restarted has made it ready anew, so its time tells nothing. */
function msToReady({ createdAt, conditions, containers }: Pod): number | undefined {
  const ready = conditions.find(({ type, status }) => type === 'Ready' && status === 'True');
  if (ready?.changedAt === undefined || containers.some(({ restarts }) => restarts > 0)) return undefined;
  return Math.max(0, ready.changedAt - createdAt);
}

function median(values: readonly number[]): number | undefined {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
