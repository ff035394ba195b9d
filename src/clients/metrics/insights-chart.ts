import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { t } from '../../core/l10n.ts';
import { type ChartSpec, type Line, metricStat } from './chart-spec.ts';

/** A Kubernetes object as Container Insights names it. `workload` is the controller that owns pods (an HPA's target). */
export interface InsightsObject {
  readonly kind: 'workload' | 'pod' | 'node';
  readonly clusterName: string;
  /** Empty for a node. */
  readonly namespace: string;
  readonly name: string;
}

const namespace = 'ContainerInsights';

/**
 * Container Insights' metrics of an object.
 * Source: CloudWatch user guide, "Amazon EKS and Kubernetes Container Insights metrics".
 */
export function insightsChart(object: InsightsObject): ChartSpec {
  const where = object.kind === 'node' ? object.clusterName : `${object.clusterName} › ${object.namespace}`;
  return { title: object.name, subtitle: where, basePeriod: 60, notes: [], ...partsOf(object) };
}

function partsOf(object: InsightsObject): Pick<ChartSpec, 'queries' | 'lines'> {
  switch (object.kind) {
    case 'workload':
      return workload(object);
    case 'pod':
      return searched(object, 'pod', '{ContainerInsights,ClusterName,FullPodName,Namespace,PodName}', 'FullPodName');
    case 'node':
      return searched(object, 'node', '{ContainerInsights,ClusterName,InstanceId,NodeName}', 'NodeName');
  }
}

function workload({ clusterName, namespace: Namespace, name }: InsightsObject): Pick<ChartSpec, 'queries' | 'lines'> {
  const ofPods = { ClusterName: clusterName, Namespace, PodName: name };
  const ofService = { ClusterName: clusterName, Namespace, Service: name };
  const average = (metric: string, dimensions: Record<string, string>) => ({
    namespace,
    name: metric,
    dimensions,
    statistic: 'Average',
  });
  return {
    queries: (period) => [
      metricStat('limit', average('pod_cpu_utilization_over_pod_limit', ofPods), period),
      metricStat('cpu', average('pod_cpu_utilization', ofPods), period),
      metricStat('memory', average('pod_memory_utilization', ofPods), period),
      metricStat('running', average('service_number_of_running_pods', ofService), period),
    ],
    lines: [
      percent('limit', t('CPU (of limit)')),
      percent('cpu', t('CPU (of node)')),
      percent('memory', t('Memory (of node)')),
      { id: 'running', label: t('Running pods'), unit: 'count', axis: 'right', style: 'step' },
    ],
  };
}

/** Where a dimension is not known (a pod's controller, a node's instance), a search finds the metric by the others. */
function searched(
  { clusterName, namespace: ofNamespace, name }: InsightsObject,
  prefix: 'pod' | 'node',
  schema: string,
  dimension: string,
): Pick<ChartSpec, 'queries' | 'lines'> {
  // `Namespace=` would mean the metric's own namespace, so that the dimension's value stands alone
  const place = ofNamespace ? ` ${quoted(ofNamespace)}` : '';
  const terms = `ClusterName=${quoted(clusterName)}${place} ${dimension}=${quoted(name)}`;
  const search = (Id: string, metric: string, period: number): MetricDataQuery => ({
    Id,
    Expression: `SEARCH('${schema} MetricName=${quoted(metric)} ${terms}', 'Average', ${period})`,
    Period: period,
    ReturnData: true,
  });
  return {
    queries: (period) => [
      search('cpu', `${prefix}_cpu_utilization`, period),
      search('memory', `${prefix}_memory_utilization`, period),
    ],
    lines: [percent('cpu', t('CPU (of node)')), percent('memory', t('Memory (of node)'))],
  };
}

function percent(id: string, label: string): Line {
  return { id, label, unit: 'percent', axis: 'left', style: 'line' };
}

/** An exact term. Kubernetes names hold no quotes; what does is no such name and must not end the expression. */
function quoted(text: string): string {
  return `"${text.replace(/["'\\]/g, '')}"`;
}
