import { t } from '../../../core/l10n.ts';
import type { ManifestObject } from '../../helm/manifest.ts';
import type { Expectation, WorkloadName } from '../expectation.ts';

const minutes = 60_000;

/**
 * How a rollback is verified: Helm's record says that the new revision is deployed (its hooks have minutes to run), the
 * objects are as its manifest says, and its workloads have come up.
 */
export function expectationsOf(
  revision: number,
  namespace: string,
  objects: readonly ManifestObject[],
): readonly Expectation[] {
  const workloads = objects.flatMap((object) => workloadOf(object, namespace));
  return [
    {
      id: 'deployed',
      role: 'change',
      label: t('revision {0} is deployed', revision),
      withinMs: 10 * minutes,
      check: { kind: 'field', path: 'deployed', equals: revision },
    },
    {
      id: 'manifest',
      role: 'recovery',
      label: t('the objects are as revision {0} says', revision),
      withinMs: 1 * minutes,
      check: { kind: 'manifestApplied', revision },
    },
    ...(workloads.length > 0 ? [available(workloads)] : []),
  ];
}

function available(workloads: readonly WorkloadName[]): Expectation {
  return {
    id: 'workloads',
    role: 'recovery',
    label: t('all workloads are available ({0})', workloads.length),
    withinMs: 5 * minutes,
    check: { kind: 'workloadsAvailable', workloads },
  };
}

function workloadOf({ kind, namespace, name }: ManifestObject, home: string): WorkloadName[] {
  const isWorkload = kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet';
  return isWorkload ? [{ kind, namespace: namespace || home, name }] : [];
}
