import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Container, ContainerExit, Pod } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';
import { exitInWords, exitMeaning, ofContainer } from './container-words.ts';

/** The kubelet forgets crashes after so long a run without one. */
const forgottenAfterMs = 10 * minute;
const oftenEnough = 3;

export const crashLoop: Rule<Pod> = {
  id: 'crashLoop',
  severity: 'error',
  source: 'kubernetes.io, "Pod Lifecycle": how Pods handle problems with containers',
  covers: ['oomKilled', 'probeFailing', 'notReady'],
  check(pod) {
    if (hasEnded(pod)) return undefined;
    const container = mostRestarted(pod.containers.filter(isLooping));
    if (!container) return undefined;
    const exit = exitOf(container);
    const waits = isWaiting(container);
    const how = ofContainer(pod, container, exitInWords(exit));
    return {
      cause: `${container.name} ${exit?.signal ?? ''} ${exit?.code ?? ''} ${exit?.reason ?? ''}`,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} restarts again and again: {1}', name, how)
          : t('{0} pods of {1} restart again and again: {2}', count, name, how),
      detail: () => [
        ...[exitMeaning(exit)].filter((meaning) => meaning !== undefined),
        t(
          'Kubernetes starts it again after a wait that doubles each time, up to five minutes. See the logs of the run before.',
        ),
      ],
      times: container.restarts,
      ...(exit?.at !== undefined && { lastAt: exit.at }),
      ...(!waits && exit?.at !== undefined && { until: exit.at + forgottenAfterMs }),
    };
  },
};

/** Between two crashes it runs for a while, and is in the loop all the same. */
function isLooping(container: Container): boolean {
  const { restarts, lastExit } = container;
  return isWaiting(container) || (restarts >= oftenEnough && lastExit?.at !== undefined && lastExit.code !== 0);
}

function isWaiting({ state }: Container): boolean {
  return state.kind === 'waiting' && state.reason === 'CrashLoopBackOff';
}

function exitOf({ state, lastExit }: Container): ContainerExit | undefined {
  return state.exit ?? lastExit;
}

/** One that waits to be started again goes before one that runs at the moment. */
function mostRestarted(containers: readonly Container[]): Container | undefined {
  return [...containers].sort((a, b) => Number(isWaiting(b)) - Number(isWaiting(a)) || b.restarts - a.restarts)[0];
}
