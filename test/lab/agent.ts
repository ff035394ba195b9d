import {
  type CloudWatchClient,
  type MetricDatum,
  PutMetricDataCommand,
  StandardUnit,
} from '@aws-sdk/client-cloudwatch';
import type { KubeClient } from './cluster/client.ts';
import { clusterName } from './cluster/kubeconfig.ts';
import { observeCluster } from './agent/observe.ts';
import { type Measurement, containerInsights } from './agent/container-insights.ts';
import { type Loop, startLoop } from './process/loop.ts';

/** At most so many in one PutMetricData call (the API's quota). */
const mostInOneCall = 1000;

/** Reports Container Insights metrics every five seconds, as the CloudWatch agent's daemonset does every minute. */
export function startAgent(cluster: KubeClient, cloudwatch: CloudWatchClient, onError: (error: unknown) => void): Loop {
  return startLoop(
    5000,
    async () => {
      const data = containerInsights(clusterName, await observeCluster(cluster)).map(toDatum(new Date()));
      for (let from = 0; from < data.length; from += mostInOneCall) {
        const MetricData = data.slice(from, from + mostInOneCall);
        await cloudwatch.send(new PutMetricDataCommand({ Namespace: 'ContainerInsights', MetricData }));
      }
    },
    onError,
  );
}

const toDatum =
  (Timestamp: Date) =>
  (measurement: Measurement): MetricDatum => ({
    MetricName: measurement.name,
    Unit: StandardUnit[measurement.unit],
    Dimensions: Object.entries(measurement.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Timestamp,
    // high resolution: alarms of ten seconds need it
    StorageResolution: 1,
    ...summary(measurement.values),
  });

/** One value as such; several, the pods of a workload, as the statistic set that the agent aggregates to. */
function summary(values: readonly number[]): Pick<MetricDatum, 'Value' | 'StatisticValues'> {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return { Value: only };
  return {
    StatisticValues: {
      SampleCount: values.length,
      Sum: values.reduce((sum, value) => sum + value, 0),
      Minimum: Math.min(...values),
      Maximum: Math.max(...values),
    },
  };
}
