/** What an alarm tells the world when its state changes: the SNS message and the EventBridge event. */
import type { Dimension, MetricDataQuery } from '../shapes.ts';
import type { Alarm, AlarmState, MetricAlarm } from './alarm.ts';
import { isoTime } from './reason.ts';

/** Where the alarms live. */
export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A change of state: the alarm as it is now, and the state that it left. */
export interface Change {
  readonly alarm: Alarm;
  readonly old: AlarmState;
  /** For a composite: the children that its rule found in ALARM. */
  readonly triggering: readonly Alarm[];
}

export interface AlarmEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'CloudWatch Alarm State Change';
  readonly source: 'aws.cloudwatch';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: object;
}

const regionNames: Readonly<Record<string, string>> = {
  'us-east-1': 'US East (N. Virginia)',
  'us-east-2': 'US East (Ohio)',
  'us-west-1': 'US West (N. California)',
  'us-west-2': 'US West (Oregon)',
  'eu-west-1': 'EU (Ireland)',
  'eu-central-1': 'EU (Frankfurt)',
  'ap-northeast-1': 'Asia Pacific (Tokyo)',
  'ap-northeast-2': 'Asia Pacific (Seoul)',
  'ap-southeast-1': 'Asia Pacific (Singapore)',
  'ap-southeast-2': 'Asia Pacific (Sydney)',
};

const regionName = ({ region }: Place) => regionNames[region] ?? region;

/** The subject of the SNS message; SNS takes 100 characters. */
export function subject({ alarm }: Change, place: Place): string {
  return `${alarm.state.value}: "${alarm.config.AlarmName}" in ${regionName(place)}`.slice(0, 100);
}

/** The JSON text that an SNS subscriber gets. */
export function message({ alarm, old, triggering }: Change, place: Place): string {
  const { config, state } = alarm;
  return JSON.stringify({
    AlarmName: config.AlarmName,
    AlarmDescription: config.AlarmDescription ?? null,
    AWSAccountId: place.accountId,
    AlarmConfigurationUpdatedTimestamp: isoTime(alarm.configurationUpdated),
    NewStateValue: state.value,
    NewStateReason: state.reason,
    StateChangeTime: isoTime(state.updated),
    Region: regionName(place),
    AlarmArn: alarm.arn,
    OldStateValue: old.value,
    OKActions: config.OKActions,
    AlarmActions: config.AlarmActions,
    InsufficientDataActions: config.InsufficientDataActions,
    ...(alarm.type === 'MetricAlarm'
      ? { Trigger: trigger(alarm) }
      : {
          AlarmRule: alarm.config.AlarmRule,
          TriggeringChildren: triggering.map((child) => ({
            Arn: child.arn,
            State: { Value: child.state.value, Timestamp: isoTime(child.state.transitioned) },
          })),
        }),
  });
}

function trigger({ config }: MetricAlarm): object {
  const common = {
    Period: config.Period,
    EvaluationPeriods: config.EvaluationPeriods,
    DatapointsToAlarm: config.DatapointsToAlarm,
    ComparisonOperator: config.ComparisonOperator,
    Threshold: config.Threshold,
    TreatMissingData: config.TreatMissingData ?? '',
    EvaluateLowSampleCountPercentile: config.EvaluateLowSampleCountPercentile ?? '',
  };
  if (config.Metrics) return { ...common, Metrics: config.Metrics.map(triggerMetric) };
  return {
    MetricName: config.MetricName,
    Namespace: config.Namespace,
    ...(config.Statistic === undefined
      ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic: config.ExtendedStatistic }
      : { StatisticType: 'Statistic', Statistic: config.Statistic.toUpperCase() }),
    Unit: config.Unit ?? null,
    Dimensions: config.Dimensions.map(noticeDimension),
    ...common,
  };
}

const noticeDimension = ({ Name, Value }: Dimension) => ({ value: Value, name: Name });

function triggerMetric({ MetricStat: stat, ReturnData = true, ...query }: MetricDataQuery): object {
  if (!stat) return { ...query, ReturnData };
  const Dimensions = (stat.Metric.Dimensions ?? []).map(noticeDimension);
  return { ...query, MetricStat: { ...stat, Metric: { ...stat.Metric, Dimensions } }, ReturnData };
}

/** The event as EventBridge delivers it to targets. */
export function alarmEvent({ alarm, old, triggering }: Change, place: Place, id: string): AlarmEvent {
  return {
    version: '0',
    id,
    'detail-type': 'CloudWatch Alarm State Change',
    source: 'aws.cloudwatch',
    account: place.accountId,
    time: new Date(alarm.state.updated).toISOString().replace(/\.\d+/, ''),
    region: place.region,
    resources: [alarm.arn],
    detail: {
      alarmName: alarm.config.AlarmName,
      configuration: eventConfiguration(alarm),
      previousState: eventState(old),
      state: {
        ...eventState(alarm.state),
        ...(alarm.type === 'CompositeAlarm' &&
          triggering.length > 0 && { triggeringAlarms: triggering.map((a) => a.arn) }),
      },
    },
  };
}

const eventState = ({ value, reason, reasonData, updated }: AlarmState) => ({
  value,
  reason,
  ...(reasonData !== undefined && { reasonData }),
  timestamp: isoTime(updated),
});

function eventConfiguration(alarm: Alarm): object {
  const { AlarmDescription: description } = alarm.config;
  const described = description === undefined ? {} : { description };
  if (alarm.type === 'CompositeAlarm') return { ...described, alarmRule: alarm.config.AlarmRule };
  return { ...described, metrics: eventMetrics(alarm) };
}

function eventMetrics({ arn, config }: MetricAlarm): readonly object[] {
  if (config.Metrics) return config.Metrics.map(eventMetric);
  const Metric = {
    Namespace: config.Namespace ?? '',
    MetricName: config.MetricName ?? '',
    Dimensions: config.Dimensions,
  };
  const Stat = config.Statistic ?? config.ExtendedStatistic ?? '';
  return [eventMetric({ Id: arn, MetricStat: { Metric, Period: config.Period ?? 60, Stat } })];
}

function eventMetric({
  Id: id,
  Label,
  Expression,
  MetricStat: stat,
  ReturnData: returnData = true,
}: MetricDataQuery): object {
  return {
    id,
    ...(Label !== undefined && { label: Label }),
    ...(Expression !== undefined && { expression: Expression }),
    ...(stat && {
      metricStat: {
        metric: {
          namespace: stat.Metric.Namespace,
          name: stat.Metric.MetricName,
          dimensions: Object.fromEntries((stat.Metric.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
        },
        period: stat.Period,
        stat: stat.Stat,
        ...(stat.Unit !== undefined && { unit: stat.Unit }),
      },
    }),
    returnData,
  };
}
