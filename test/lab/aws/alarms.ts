import {
  type CloudWatchClient,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { clusterName } from '../cluster/kubeconfig.ts';

const Namespace = 'ContainerInsights';
const ofCluster = { Name: 'ClusterName', Value: clusterName };
const ofFrontEnd = [ofCluster, { Name: 'Namespace', Value: 'sock-shop' }, { Name: 'PodName', Value: 'front-end' }];

/**
 * The team's alarms. Ten-second periods, so that a person need not wait minutes. Of front-end's CPU: with 4 pods under
 * stress each uses 400m of its limit of 500m, 80 %; with 16 pods 100m, 20 %.
 */
const metricAlarms = (topicArn: string): PutMetricAlarmCommandInput[] => [
  {
    AlarmName: 'sock-shop-front-end-cpu',
    AlarmDescription: 'front-end uses more than 60 % of its CPU limit: customers wait',
    Namespace,
    MetricName: 'pod_cpu_utilization_over_pod_limit',
    Dimensions: ofFrontEnd,
    Statistic: 'Average',
    Period: 10,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 60,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'missing',
    AlarmActions: [topicArn],
    OKActions: [topicArn],
  },
  {
    AlarmName: 'sock-shop-pods-running',
    AlarmDescription: 'fewer pods than the shop has services',
    Namespace,
    MetricName: 'namespace_number_of_running_pods',
    Dimensions: [ofCluster, { Name: 'Namespace', Value: 'sock-shop' }],
    Statistic: 'Minimum',
    Period: 10,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 3,
    Threshold: 14,
    ComparisonOperator: 'LessThanThreshold',
    AlarmActions: [topicArn],
    OKActions: [topicArn],
  },
  {
    AlarmName: 'cluster-failed-nodes',
    AlarmDescription: 'a node of the cluster is not well',
    Namespace,
    MetricName: 'cluster_failed_node_count',
    Dimensions: [ofCluster],
    Statistic: 'Maximum',
    Period: 10,
    EvaluationPeriods: 2,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topicArn],
    OKActions: [topicArn],
  },
  {
    // nobody reports this metric: the alarm stays in INSUFFICIENT_DATA
    AlarmName: 'payments-queue-depth',
    AlarmDescription: 'settlements wait too long',
    Namespace: 'AWS/SQS',
    MetricName: 'ApproximateNumberOfMessagesVisible',
    Dimensions: [{ Name: 'QueueName', Value: 'settlements' }],
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 3,
    Threshold: 1000,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [topicArn],
  },
  {
    AlarmName: 'sock-shop-front-end-cpu-per-pod',
    AlarmDescription: "front-end's CPU against the cluster's, spread over its running pods",
    Metrics: [
      {
        Id: 'share',
        Label: 'CPU of front-end over CPU of the nodes',
        Expression: '100 * pods / nodes',
        ReturnData: true,
      },
      metric('pods', 'pod_cpu_utilization', ofFrontEnd),
      metric('nodes', 'node_cpu_utilization', [ofCluster]),
    ],
    EvaluationPeriods: 3,
    Threshold: 500,
    ComparisonOperator: 'GreaterThanThreshold',
    AlarmActions: [topicArn],
    OKActions: [topicArn],
  },
];

function metric(Id: string, MetricName: string, Dimensions: { Name: string; Value: string }[]) {
  return {
    Id,
    MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 10, Stat: 'Average' },
    ReturnData: false,
  };
}

/** Puts the alarms: metric ones, one of metric math, and a composite. */
export async function createAlarms(cloudwatch: CloudWatchClient, topicArn: string): Promise<void> {
  await Promise.all(metricAlarms(topicArn).map((alarm) => cloudwatch.send(new PutMetricAlarmCommand(alarm))));
  await cloudwatch.send(
    new PutCompositeAlarmCommand({
      AlarmName: 'sock-shop-customers-affected',
      AlarmDescription: 'the shop is slow or partly down',
      AlarmRule: 'ALARM("sock-shop-front-end-cpu") OR ALARM("sock-shop-pods-running")',
      AlarmActions: [topicArn],
      OKActions: [topicArn],
      ActionsEnabled: true,
    }),
  );
}
