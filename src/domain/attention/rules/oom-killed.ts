import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Container, ContainerExit, Pod } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';
import { outOfMemory } from './container-words.ts';

/** After so long it is a thing of the past. */
const rememberedMs = 60 * minute;

/** Killed for its memory, but not in a crash loop. */
export const oomKilled: Rule<Pod> = {
  id: 'oomKilled',
  severity: 'warning',
  source: 'kubernetes.io, "Assign Memory Resources to Containers and Pods": exceed a Container\'s memory limit',
  check(pod) {
    if (hasEnded(pod)) return undefined;
    const [container] = pod.containers.filter((one) => killOf(one));
    if (!container) return undefined;
    const at = killOf(container)?.at;
    return {
      cause: container.name,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} was killed for using more memory than its limit', name)
          : t('{0} pods of {1} were killed for using more memory than their limit', count, name),
      detail: () => [outOfMemory()],
      times: Math.max(1, container.restarts),
      ...(at !== undefined && { lastAt: at, until: at + rememberedMs }),
    };
  },
};

function killOf({ state, lastExit }: Container): ContainerExit | undefined {
  return [state.exit, lastExit].find((exit) => exit?.reason === 'OOMKilled');
}
