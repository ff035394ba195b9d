/** CloudWatch alarms as Jarvis knows them. Times are milliseconds since the epoch. */

/** One place to look for alarms: setting `jarvis.aws.scopes`. Empty fields mean "as the environment says". */
export interface AwsScope {
  readonly label: string;
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
  readonly queueUrl?: string;
}

export type AlarmState = 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';

/** An alarm's identity: its ARN names account, region and name. */
export interface AlarmRef {
  readonly arn: string;
  /** Label of the scope that it was read from. */
  readonly scope: string;
}

export interface Alarm extends AlarmRef {
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly kind: 'metric' | 'composite';
  readonly description: string;
  readonly state: AlarmState;
  /** StateTransitionedTimestamp where the server gives it, else StateUpdatedTimestamp. */
  readonly since: number;
  /** The server's StateReason, verbatim. */
  readonly reason: string;
  /** StateReasonData, parsed; undefined where absent or malformed. */
  readonly reasonData?: AlarmReasonData;
  readonly actionsEnabled: boolean;
  /** Metric alarms on one metric. */
  readonly metric?: AlarmMetric;
  /** Metric-math alarms: the queries as CloudWatch has them. */
  readonly queries?: readonly AlarmQuery[];
  readonly threshold?: number;
  readonly comparison?: string;
  readonly periodSeconds?: number;
  readonly evaluationPeriods?: number;
  readonly datapointsToAlarm?: number;
  readonly treatMissingData?: string;
  /** Composite alarms: the rule expression. */
  readonly rule?: string;
}

export interface AlarmMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** Average, Maximum, p99 … */
  readonly statistic: string;
  readonly unit?: string;
}

export interface AlarmQuery {
  readonly id: string;
  readonly label?: string;
  readonly expression?: string;
  readonly metric?: AlarmMetric;
  readonly periodSeconds?: number;
  readonly returnData: boolean;
}

export interface AlarmReasonData {
  readonly recentDatapoints: readonly number[];
  readonly threshold?: number;
  readonly startDate?: number;
}

/** One item of DescribeAlarmHistory. */
export interface AlarmHistoryItem {
  readonly at: number;
  readonly type: 'ConfigurationUpdate' | 'StateUpdate' | 'Action' | 'Other';
  readonly summary: string;
  /** For StateUpdate. */
  readonly from?: AlarmState;
  readonly to?: AlarmState;
}

/** Where the scope really leads: STS GetCallerIdentity and the resolved region. */
export interface AwsIdentity {
  readonly account: string;
  readonly region: string;
}
