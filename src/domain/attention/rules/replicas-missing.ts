import { t } from '../../../core/l10n.ts';
import type { Warning, Workload } from '../../kubernetes/model.ts';
import { type Problem, type Rule, type Surroundings, minute } from '../model.ts';

/** A rollout, or a node that is replaced, may take as long. */
const patienceMs = 5 * minute;

/** Fewer pods than wanted, and none of those that are there says why. */
export const replicasMissing: Rule<Workload> = {
  id: 'replicasMissing',
  severity: 'warning',
  source:
    'k8s.io/api apps/v1: ReplicaFailure, Available; k8s.io/kubernetes pkg/controller/controller_utils.go: FailedCreate',
  yieldsToPods: true,
  check(workload, around) {
    const { name, wanted, available } = workload;
    if (available >= wanted) return undefined;
    const refused = refusal(workload, around);
    const why = refused ? refusalInWords(refused.message) : '';
    const times: Partial<Problem> = refused?.at === undefined ? { patienceMs } : { since: refused.at };
    return {
      cause: why,
      sentence: () =>
        why === ''
          ? t('{0} has {1} of {2} pods', name, available, wanted)
          : t('{0} has {1} of {2} pods: {3}', name, available, wanted, why),
      detail: () => (refused ? [refused.message] : workload.conditions.map(({ message }) => message)),
      ...times,
    };
  },
};

interface Refusal {
  readonly message: string;
  readonly at?: number;
}

/** Why no more pods are made: the deployment says it itself, of the others a warning tells. */
function refusal({ uid, conditions }: Workload, around: Surroundings): Refusal | undefined {
  const failure = conditions.find(({ type, status }) => type === 'ReplicaFailure' && status === 'True');
  if (failure) return { message: failure.message, ...(failure.changedAt !== undefined && { at: failure.changedAt }) };
  return around
    .warningsAbout(uid)
    .filter(({ reason }) => reason === 'FailedCreate')
    .map(({ message, firstAt }: Warning) => ({ message, at: firstAt }))[0];
}

/** What keeps the API server from taking the pods. Source: k8s.io/apiserver pkg/admission/plugin, error texts. */
function refusalInWords(message: string): string {
  const [, quota] = /exceeded quota: ([^,\s]+)/.exec(message) ?? [];
  if (quota !== undefined) return t('the quota {0} is used up', quota);
  if (message.includes('violates PodSecurity')) return t('the namespace does not allow such pods (PodSecurity)');
  const [, hook] = /admission webhook "([^"]+)"/.exec(message) ?? [];
  if (hook !== undefined) return t('the admission webhook {0} refuses them', hook);
  const [, account] = /serviceaccount "([^"]+)" not found/.exec(message) ?? [];
  if (account !== undefined) return t('there is no service account {0}', account);
  return message;
}
