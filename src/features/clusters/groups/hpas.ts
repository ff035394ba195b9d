import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { hpaHealth } from '../../../domain/kubernetes/health.ts';
import { hpaConditionInWords, isAtMax } from '../../../domain/kubernetes/hpa.ts';
import type { Condition, Hpa, HpaMetric } from '../../../domain/kubernetes/model.ts';
import { ago } from '../../../ui/time.ts';
import { fixedBranch } from '../../../ui/tree/branches.ts';
import type { Branch, Fact, TreeNode } from '../../../ui/tree/model.ts';
import { scalableWord } from '../permissions.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { healthIcons } from '../rows/icons.ts';
import { watchedBranch } from '../watched.ts';

/** The HPAs of a place; with a name, only those that scale the workload of that name. */
export function hpasBranch(ports: ClustersPorts, place: Place, scaling?: string): Branch {
  return watchedBranch(ports, place, {
    kind: 'horizontalpodautoscalers',
    empty: t('There are no HPAs in {0}.', place.namespace),
    isMeant: ({ target }) => scaling === undefined || target.name === scaling,
    health: hpaHealth,
    node(opening) {
      const scalable = scalableWord(ports, opening, place.namespace);
      return (hpa) => hpaNode(hpa, opening.inside, scalable);
    },
  });
}

function hpaNode(hpa: Hpa, inside: ClusterPorts, scalable: () => string): TreeNode {
  const { uid, name, namespace } = hpa;
  const { ref, now } = inside;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: descriptionOf(hpa),
      icon: hpaHealth(hpa) === 'good' ? { id: 'arrow-both' } : healthIcons.warning,
      context: ['hpa', scalable(), ...(isAtMax(hpa) ? ['atMax'] : [])].join(' '),
    }),
    subject: {
      pointer: { cluster: ref, kind: 'HorizontalPodAutoscaler', namespace, name },
      object: objectRef(ref, 'horizontalpodautoscalers', hpa),
      chart: { kind: 'hpa', cluster: ref, namespace, name, uid },
      copyText: name,
    },
    branch: fixedBranch(hpa.conditions.map(conditionNode), t('It has reported nothing yet.')),
    tooltip: withEvents(inside, 'horizontalpodautoscalers', hpa, () => ({ title: name, facts: hpaFacts(hpa, now()) })),
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
  return currentReplicas === 1
    ? t('1 replica ({0} to {1})', minReplicas, maxReplicas)
    : t('{0} replicas ({1} to {2})', currentReplicas, minReplicas, maxReplicas);
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
