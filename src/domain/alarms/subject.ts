import type { Alarm, AlarmMetric } from './model.ts';

/** The Kubernetes object that an alarm is about, as far as its dimensions say. */
export interface AlarmSubject {
  /** Container Insights' ClusterName: for EKS the cluster's name. */
  readonly clusterName: string;
  /** Empty for nodes and clusters. */
  readonly namespace: string;
  /**
   * `Workload`: Container Insights' PodName carries the name of the controller that owns the pods, whose kind is not
   * told; FullPodName is one pod.
   * Source: CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics".
   */
  readonly kind: 'Pod' | 'Workload' | 'Service' | 'Node' | 'Namespace' | 'Cluster';
  readonly name: string;
}

/** Dimension by dimension, the most exact first. */
const naming: readonly (readonly [dimension: string, kind: AlarmSubject['kind']])[] = [
  ['FullPodName', 'Pod'],
  ['PodName', 'Workload'],
  ['Service', 'Service'],
  ['NodeName', 'Node'],
  ['Namespace', 'Namespace'],
  ['ClusterName', 'Cluster'],
];

/** Undefined where the alarm is not about Kubernetes (no ClusterName). Math alarms: their first metric that says so. */
export function subjectOf(alarm: Alarm): AlarmSubject | undefined {
  for (const metric of metricsOf(alarm)) {
    const subject = subjectOfDimensions(metric.dimensions);
    if (subject) return subject;
  }
  return undefined;
}

/** The metrics that an alarm watches, directly or through math. */
export function metricsOf(alarm: Alarm): readonly AlarmMetric[] {
  if (alarm.metric) return [alarm.metric];
  return (alarm.queries ?? []).flatMap((query) => (query.metric ? [query.metric] : []));
}

function subjectOfDimensions(dimensions: AlarmMetric['dimensions']): AlarmSubject | undefined {
  const clusterName = dimensions['ClusterName'];
  if (!clusterName) return undefined;
  for (const [dimension, kind] of naming) {
    const name = dimensions[dimension];
    if (name) return { clusterName, namespace: kind === 'Node' ? '' : (dimensions['Namespace'] ?? ''), kind, name };
  }
  return undefined;
}
