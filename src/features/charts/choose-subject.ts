import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import { compareAlarms } from '../../domain/alarms/order.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { once } from '../../domain/kubernetes/once.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import type { Services } from '../../services.ts';
import { type Choice, pick } from '../../ui/prompts.ts';

/** An alarm, or the way into one kind of objects of one cluster. */
type First = ChartSubject | { readonly cluster: ClusterRef; readonly objects: keyof typeof objectKinds };

const objectKinds = {
  hpa: { plural: 'horizontalpodautoscalers', label: () => t('HPAs') },
  deployment: { plural: 'deployments', label: () => t('Deployments') },
  pod: { plural: 'pods', label: () => t('Pods') },
  node: { plural: 'nodes', label: () => t('Nodes') },
} as const;

/** What to chart, from the palette: the alarms at hand first, then the objects. @throws CancelledError */
export async function chooseSubject(services: Services): Promise<ChartSubject> {
  const choices = async () => {
    if (!valueOf(services.clusters.contexts)) await services.clusters.refresh();
    return [...alarmChoices(services), ...clusterChoices(services)];
  };
  const first = await pick<First>(choices(), { title: t('Chart of what?') });
  return 'objects' in first ? chooseObject(services, first.cluster, first.objects) : first;
}

function alarmChoices({ alarms }: Services): Choice<First>[] {
  const known = alarms.scopes.flatMap((scope) => [...(valueOf(scope.alarms)?.values() ?? [])]);
  return known.sort(compareAlarms).map(({ arn, scope, name, state, region }) => ({
    label: name,
    description: `${state} · ${region}`,
    value: { kind: 'alarm', alarm: { arn, scope }, name },
  }));
}

function clusterChoices({ clusters }: Services): Choice<First>[] {
  const kinds = Object.keys(objectKinds) as (keyof typeof objectKinds)[];
  return (valueOf(clusters.contexts) ?? []).flatMap((cluster) =>
    kinds.map((objects) => ({
      label: `${objectKinds[objects].label()}…`,
      description: cluster.context,
      value: { cluster, objects },
    })),
  );
}

async function chooseObject(
  { clusters }: Services,
  ref: ClusterRef,
  kind: keyof typeof objectKinds,
): Promise<ChartSubject> {
  const { plural, label } = objectKinds[kind];
  const choices = async (signal: AbortSignal) =>
    (await once(clusters.cluster(ref), plural, undefined, signal))
      .map(({ name, namespace, uid }) => ({
        label: name,
        description: namespace,
        value: kind === 'node' ? { kind, cluster: ref, name, uid } : { kind, cluster: ref, namespace, name, uid },
      }))
      .sort((a, b) => a.label.localeCompare(b.label));
  return pick<ChartSubject>(choices, { title: `${label()} · ${ref.context}` });
}
