import { t } from '../../../core/l10n.ts';
import type { Deployment } from '../../kubernetes/model.ts';
import type { Rule } from '../model.ts';

export const rolloutStuck: Rule<Deployment> = {
  id: 'rolloutStuck',
  severity: 'error',
  source: 'kubernetes.io, "Deployments": failed deployment, progressDeadlineSeconds',
  covers: ['replicasMissing'],
  yieldsToPods: true,
  check({ name, wanted, updated, available, conditions }) {
    const condition = conditions.find(({ type, status }) => type === 'Progressing' && status === 'False');
    if (condition?.reason !== 'ProgressDeadlineExceeded') return undefined;
    return {
      cause: '',
      sentence: () =>
        t('The rollout of {0} is stuck: {1} of {2} pods are new, {3} are available', name, updated, wanted, available),
      detail: () => [condition.message],
      ...(condition.changedAt !== undefined && { since: condition.changedAt }),
    };
  },
};
