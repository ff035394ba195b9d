import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Pod } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

/** A pod that was ready and no longer is, or one that takes longer than programs take to start. */
const lostMs = minute;
const startingMs = 5 * minute;
/** The condition's first time is the pod's own, give or take what the kubelet needs. */
const atStartMs = 10_000;

export const notReady: Rule<Pod> = {
  id: 'notReady',
  severity: 'warning',
  source: 'kubernetes.io, "Pod Lifecycle": Pod conditions',
  check(pod) {
    if (hasEnded(pod) || pod.nodeName === '') return undefined;
    const ready = pod.conditions.find(({ type }) => type === 'Ready');
    const isAwaited = ready ? ready.status !== 'True' && ready.reason !== 'PodCompleted' : pod.phase === 'Pending';
    if (!isAwaited) return undefined;
    const startedAt = pod.startedAt ?? pod.createdAt;
    const since = ready?.changedAt ?? startedAt;
    const wasReady = since > startedAt + atStartMs;
    return {
      cause: wasReady ? 'lost' : 'starting',
      since,
      from: since + (wasReady ? lostMs : startingMs),
      sentence: ({ name, count }) => {
        if (wasReady)
          return count === 1
            ? t('{0} is no longer ready', name)
            : t('{0} pods of {1} are no longer ready', count, name);
        return count === 1
          ? t('{0} has not become ready', name)
          : t('{0} pods of {1} have not become ready', count, name);
      },
      detail: () => [
        t('Kubernetes sends it no requests through its Services until it is ready.'),
        ...[ready?.message ?? '', ...waitingFor(pod)].filter((text) => text !== ''),
      ],
    };
  },
};

function waitingFor({ containers }: Pod): readonly string[] {
  return containers
    .filter(({ ready, state }) => !ready && state.reason !== '')
    .map(({ name, state }) => [name, state.reason, state.message].filter((text) => text !== '').join(': '));
}
