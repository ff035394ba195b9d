import { PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { accountId, region } from './ministack.ts';

/** The topic that feeds the lab's queue (setup.ts). */
export const alarmTopic = `arn:aws:sns:${region}:${accountId}:jarvis-alarms`;

/** Makes an alarm whose metric nobody reports: its state stays as it is set, and is told to the topic. */
export function putSilentAlarm(AlarmName: string): PutMetricAlarmCommand {
  return new PutMetricAlarmCommand({
    AlarmName,
    Namespace: 'Test',
    MetricName: 'Nothing',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'ignore',
    AlarmActions: [alarmTopic],
    OKActions: [alarmTopic],
  });
}
