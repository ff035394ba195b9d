import * as v from 'valibot';
import { type MetricId, list, metricName, namespace, optional, text } from '../shapes.ts';
import { operation } from './operation.ts';
import { pageOf } from './paging.ts';

const pageSize = 500;
const hour = 3_600_000;
/** Metrics without data for two weeks are not listed any more. */
const listedFor = 14 * 24 * hour;

const input = v.object({
  Namespace: optional(namespace),
  MetricName: optional(metricName),
  Dimensions: optional(list(v.object({ Name: text(1, 255), Value: optional(text(1, 1024)) }), 10)),
  NextToken: optional(v.string()),
  RecentlyActive: optional(v.picklist(['PT3H'])),
  IncludeLinkedAccounts: optional(v.boolean()),
  OwningAccount: optional(text(1, 255)),
});
type Input = v.InferOutput<typeof input>;

export const listMetrics = operation(
  input,
  (service, request) => {
    const since = service.clock.now() - (request.RecentlyActive ? 3 * hour : listedFor);
    const found = service.metrics
      .list()
      .filter(({ metric, lastPut }) => lastPut >= since && matches(metric, request))
      .map(({ metric }) => ({ Namespace: metric.namespace, MetricName: metric.name, Dimensions: metric.dimensions }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    const { page, ...next } = pageOf(found, pageSize, request);
    return { Metrics: page, ...next };
  },
  'parameter',
);

/** Every filter must be met by a dimension; a filter without value asks for the name only. */
function matches(metric: MetricId, { Namespace, MetricName, Dimensions: filters = [] }: Input): boolean {
  return (
    (Namespace === undefined || metric.namespace === Namespace) &&
    (MetricName === undefined || metric.name === MetricName) &&
    filters.every((filter) =>
      metric.dimensions.some((d) => d.Name === filter.Name && (filter.Value === undefined || d.Value === filter.Value)),
    )
  );
}
