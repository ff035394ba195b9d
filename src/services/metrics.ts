import type { AwsSessions } from '../clients/aws/sessions.ts';
import { createCloudWatchMetricSource } from '../clients/metrics/cloudwatch.ts';
import { createUsageMetricSource } from '../clients/metrics/usage.ts';
import type { Clock } from '../core/clock.ts';
import type { DisposableStore } from '../core/disposable.ts';
import type { AlarmSource } from '../domain/alarms/source.ts';
import type { Clusters } from '../domain/kubernetes/cluster.ts';
import { withMarkers } from '../domain/metrics/markers.ts';
import type { MetricSource } from '../domain/metrics/model.ts';
import type { Runs } from '../domain/remediation/runs.ts';
import { setting } from '../ui/settings.ts';

export interface MetricParts {
  readonly sessions: AwsSessions;
  readonly alarms: AlarmSource;
  readonly clusters: Clusters;
  readonly clock: Clock;
  /** Whose writes the charts mark. */
  readonly runs: Runs;
  /** Ends what the sources hold. */
  readonly owned: DisposableStore;
}

/** Every source of charts, the most telling first. */
export function createMetricSources({
  sessions,
  alarms,
  clusters,
  clock,
  runs,
  owned,
}: MetricParts): readonly MetricSource[] {
  const grafanaTemplate = () => setting('jarvis.grafana.urlTemplate');
  const sources = [
    createCloudWatchMetricSource({ sessions, alarms, clusters, clock, grafanaTemplate }),
    owned.add(createUsageMetricSource(clusters, clock, grafanaTemplate)),
  ];
  return sources.map((source) => withMarkers(source, () => runs.all));
}
