import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Pod } from '../../kubernetes/model.ts';
import { type Problem, type Rule, type Surroundings, minute } from '../model.ts';
import { ofContainer } from './container-words.ts';

/** Waiting reasons that do not pass by waiting. */
const reasons = new Set([
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'PreCreateHookError',
  'PreStartHookError',
  'PostStartHookError',
]);
/** Warnings while the containers are not made yet. */
const warnings = new Set(['FailedMount', 'FailedAttachVolume', 'FailedMapVolume', 'FailedCreatePodSandBox']);
/** The kubelet repeats them at least so often. */
const silenceMs = 10 * minute;

export const cannotStart: Rule<Pod> = {
  id: 'cannotStart',
  severity: 'error',
  source: 'k8s.io/kubernetes pkg/kubelet/kuberuntime/kuberuntime_container.go and pkg/kubelet/events/event.go',
  covers: ['notReady'],
  check(pod, around) {
    return hasEnded(pod) ? undefined : (containerProblem(pod) ?? podProblem(pod, around));
  },
};

function containerProblem(pod: Pod): Problem | undefined {
  const container = pod.containers.find(({ state }) => state.kind === 'waiting' && reasons.has(state.reason));
  if (!container) return undefined;
  const { reason, message } = container.state;
  const since = pod.startedAt ?? pod.createdAt;
  return problem(ofContainer(pod, container, startErrorInWords(reason, message)), message, { since });
}

/** A volume or a network that cannot be had, as long as the kubelet goes on saying so. */
function podProblem({ uid, nodeName, containers }: Pod, around: Surroundings): Problem | undefined {
  const isMade = containers.some(({ state }) => state.kind === 'running' || state.kind === 'terminated');
  if (nodeName === '' || isMade) return undefined;
  const [said] = around
    .warningsAbout(uid)
    .filter(({ reason }) => warnings.has(reason))
    .sort((a, b) => b.lastAt - a.lastAt);
  if (!said) return undefined;
  const { reason, message, firstAt: since, lastAt, count: times } = said;
  return problem(startErrorInWords(reason, message), message, { since, lastAt, times, until: lastAt + silenceMs });
}

function problem(why: string, message: string, times: Partial<Problem>): Problem {
  return {
    cause: why,
    sentence: ({ name, count }) =>
      count === 1 ? t('{0} cannot start: {1}', name, why) : t('{0} pods of {1} cannot start: {2}', count, name, why),
    detail: () => [message].filter((text) => text !== ''),
    ...times,
  };
}

/** What is missing, by name; else the kubelet's own words. */
function startErrorInWords(reason: string, message: string): string {
  const [, kind = '', name = ''] = /\b(secret|configmap) "([^"]+)" not found/i.exec(message) ?? [];
  if (name !== '') return t('there is no {0} {1}', kindInWords(kind), name);
  const [, key = '', kindOfKey = '', path = ''] =
    /couldn't find key (\S+) in (Secret|ConfigMap) (\S+)/.exec(message) ?? [];
  if (key !== '') return t('{0} {1} has no key {2}', kindOfKey, path.split('/').at(-1) ?? path, key);
  switch (reason) {
    case 'FailedMount':
      return t('a volume cannot be mounted');
    case 'FailedAttachVolume':
      return t('a volume cannot be attached to the node');
    case 'FailedCreatePodSandBox':
      return t('its network cannot be set up');
    default:
      return message || reason;
  }
}

function kindInWords(kind: string): string {
  return kind.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}
