import type { Commands } from '../../contributions.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { named, once } from '../../domain/kubernetes/once.ts';
import { workloadOf } from '../../domain/kubernetes/workload-of.ts';
import type { ObjectPointer } from '../../domain/remediation/target.ts';
import type { Services } from '../../services.ts';
import { patiently } from '../../ui/patiently.ts';
import { chooseObject } from '../objects/choose-object.ts';
import { inWords } from '../objects/in-words.ts';
import { planAndShow } from './plan-action.ts';

/** Restart Rollout…: of which workload, and then the plan. From a pod's row, the workload above it. */
export async function restartRollout(
  services: Services,
  from: Parameters<Commands['jarvis.restartRollout']>[0],
): Promise<void> {
  const kinds = ['deployments', 'statefulsets', 'daemonsets'] as const;
  const object = from?.object ?? (await chooseObject(services, { title: t('Restart the pods of what?'), kinds }));
  const pointer = await patiently(t('Reading {0}', inWords(object)), (signal) => pointerTo(services, object, signal));
  await planAndShow(services, { remediation: 'restart', pointer, inputs: {} });
}

async function pointerTo({ clusters }: Services, object: ObjectRef, signal: AbortSignal): Promise<ObjectPointer> {
  const { cluster, namespace, kind, name } = object;
  if (kind !== 'Pod') return pointer(object, { kind, name });
  const pods = await once(clusters.cluster(cluster), 'pods', namespace, signal);
  return pointer(object, workloadOf(named(pods, kind, namespace, name)) ?? { kind, name });
}

/** @throws JarvisError remediation.noRollout */
function pointer({ cluster, namespace }: ObjectRef, { kind, name }: Pick<ObjectRef, 'kind' | 'name'>): ObjectPointer {
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet')
    return { cluster, kind, namespace, name };
  throw new JarvisError({
    code: 'remediation.noRollout',
    message: t('{0} {1} has no rollout: only Deployments, StatefulSets and DaemonSets are restarted.', kind, name),
  });
}
