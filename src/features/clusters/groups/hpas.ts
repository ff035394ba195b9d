import { t } from '../../core/l10n.ts';
import { hpaConditionInWords, isAtMax } from '../../domain/kubernetes/hpa.ts';
import type { ClusterRef, Condition, Hpa, HpaMetric } from '../../domain/kubernetes/model.ts';
import { ago } from '../../ui/time.ts';
import { fixedBranch } from '../../ui/tree/branches.ts';
import type { Branch, Fact, TreeNode } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { byName } from './order.ts';
import type { ClusterPorts, ClustersPorts } from './ports.ts';
import { watchedBranch } from './watched.ts';

/** The HPAs of a namespace; with a name, only those that scale the workload of that name. */
export function hpasBranch(ports: ClustersPorts, ref: ClusterRef, namespace: string, scaling?: string): Branch {
  return watchedBranch(ports, ref, {
    kind: 'horizontalpodautoscalers',
    namespace,
    empty: t('There are no HPAs in {0}.', namespace),
    nodes(inside) {
      const nodeOf = perObject((hpa: Hpa) => hpaNode(hpa, inside));
      return (all) => byName(all.filter(({ target }) => scaling === undefined || target.name === scaling)).map(nodeOf);
    },
  });
}

function hpaNode(hpa: Hpa, { ref, now }: ClusterPorts): TreeNode {
  const { uid, name, namespace } = hpa;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: descriptionOf(hpa),
      icon: isAtMax(hpa) ? { id: 'warning', color: 'problemsWarningIcon.foreground' } : { id: 'arrow-both' },
      context: isAtMax(hpa) ? 'hpa scalable atMax' : 'hpa scalable',
    }),
    subject: {
      pointer: { cluster: ref, kind: 'HorizontalPodAutoscaler', namespace, name },
      chart: { kind: 'hpa', cluster: ref, namespace, name, uid },
      copyText: name,
    },
    branch: fixedBranch(hpa.conditions.map(conditionNode), t('It has reported nothing yet.')),
    tooltip: () => ({ title: name, facts: hpaFacts(hpa, now()) }),
  };
}

function descriptionOf(hpa: Hpa): string {
  const atMax = isAtMax(hpa) ? [t('at max')] : [];
  return [...atMax, ...hpa.metrics.map(metricInWords), replicasInWords(hpa)].join(' · ');
}

/** "cpu 92 % / 50 %": what is, and what is wanted. */
function metricInWords({ name, targetKind, target, current }: HpaMetric): string {
  const text = (value: number) => (targetKind === 'Utilization' ? t('{0} %', value) : String(value));
  return `${name} ${current === undefined ? t('unknown') : text(current)} / ${text(target)}`;
}

function replicasInWords({ currentReplicas, minReplicas, maxReplicas }: Hpa): string {
  return t('{0} replicas ({1} to {2})', currentReplicas, minReplicas, maxReplicas);
}

function hpaFacts(hpa: Hpa, now: number): readonly Fact[] {
  return [
    [t('Scales'), `${hpa.target.kind} ${hpa.target.name}`],
    [t('Replicas'), t('{0} now, {1} wanted', hpa.currentReplicas, hpa.desiredReplicas)],
    [t('Limits'), t('{0} to {1}', hpa.minReplicas, hpa.maxReplicas)],
    ...hpa.metrics.map((metric) => [metric.name, metricInWords(metric)] as const),
    ...(hpa.lastScaleAt === undefined ? [] : [[t('Last scaled'), ago(hpa.lastScaleAt, now)] as const]),
  ];
}

function conditionNode(condition: Condition): TreeNode {
  const words = hpaConditionInWords(condition);
  const icon = isHealthy(condition) ? { id: 'pass' } : { id: 'warning', color: 'problemsWarningIcon.foreground' };
  return {
    key: condition.type,
    row: () => ({ label: words, icon, context: 'condition' }),
    subject: { copyText: words },
    tooltip: () => ({
      title: condition.type,
      facts: [
        [t('Status'), condition.status],
        [t('Reason'), condition.reason],
      ],
      text: [condition.message],
    }),
  };
}

/** Of the three conditions, only ScalingLimited is bad news when it is true. */
function isHealthy({ type, status }: Condition): boolean {
  return type === 'ScalingLimited' ? status !== 'True' : status === 'True';
}
