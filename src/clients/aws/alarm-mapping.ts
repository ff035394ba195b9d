import type {
  AlarmHistoryItem as SdkHistoryItem,
  CompositeAlarm,
  Dimension,
  MetricAlarm,
  MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { parseAlarmArn } from '../../domain/alarms/arn.ts';
import { isAlarmState } from '../../domain/alarms/message.ts';
import type { Alarm, AlarmHistoryItem, AlarmMetric, AlarmQuery, AlarmReasonData } from '../../domain/alarms/model.ts';

/** Undefined for an alarm without a readable ARN or state, which CloudWatch never sends. */
export function metricAlarm(scope: string, sdk: MetricAlarm): Alarm | undefined {
  const common = commonFields(scope, sdk);
  if (!common) return undefined;
  const metric = metricOf(
    sdk.Namespace,
    sdk.MetricName,
    sdk.Dimensions,
    sdk.ExtendedStatistic ?? sdk.Statistic,
    sdk.Unit,
  );
  return {
    ...common,
    kind: 'metric',
    ...defined({
      metric,
      queries: sdk.Metrics?.length ? sdk.Metrics.map(query) : undefined,
      threshold: sdk.Threshold,
      comparison: sdk.ComparisonOperator,
      periodSeconds: sdk.Period ?? sdk.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat?.Period,
      evaluationPeriods: sdk.EvaluationPeriods,
      datapointsToAlarm: sdk.DatapointsToAlarm,
      treatMissingData: sdk.TreatMissingData,
    }),
  };
}

export function compositeAlarm(scope: string, sdk: CompositeAlarm): Alarm | undefined {
  const common = commonFields(scope, sdk);
  return common && { ...common, kind: 'composite', ...defined({ rule: sdk.AlarmRule }) };
}

export function historyItem(sdk: SdkHistoryItem): AlarmHistoryItem {
  const { from, to } = transition(sdk.HistoryData);
  return {
    at: sdk.Timestamp?.getTime() ?? 0,
    type: historyTypes.find((type) => type === sdk.HistoryItemType) ?? 'Other',
    summary: sdk.HistorySummary ?? '',
    ...(sdk.HistoryItemType === 'StateUpdate' ? defined({ from, to }) : {}),
  };
}
const historyTypes = ['ConfigurationUpdate', 'StateUpdate', 'Action'] as const;

function commonFields(scope: string, sdk: MetricAlarm | CompositeAlarm): Omit<Alarm, 'kind'> | undefined {
  const arn = parseAlarmArn(sdk.AlarmArn ?? '');
  if (!arn || !sdk.AlarmArn || !isAlarmState(sdk.StateValue)) return undefined;
  return {
    arn: sdk.AlarmArn,
    scope,
    name: sdk.AlarmName ?? arn.name,
    account: arn.account,
    region: arn.region,
    description: sdk.AlarmDescription ?? '',
    state: sdk.StateValue,
    since: (sdk.StateTransitionedTimestamp ?? sdk.StateUpdatedTimestamp)?.getTime() ?? 0,
    reason: sdk.StateReason ?? '',
    ...defined({ reasonData: reasonData(sdk.StateReasonData) }),
    actionsEnabled: sdk.ActionsEnabled ?? true,
  };
}

function query(sdk: MetricDataQuery): AlarmQuery {
  const stat = sdk.MetricStat;
  return {
    id: sdk.Id ?? '',
    returnData: sdk.ReturnData ?? true,
    ...defined({
      label: sdk.Label,
      expression: sdk.Expression,
      metric: metricOf(
        stat?.Metric?.Namespace,
        stat?.Metric?.MetricName,
        stat?.Metric?.Dimensions,
        stat?.Stat,
        stat?.Unit,
      ),
      periodSeconds: stat?.Period ?? sdk.Period,
    }),
  };
}

function metricOf(
  namespace: string | undefined,
  name: string | undefined,
  dimensions: readonly Dimension[] | undefined,
  statistic: string | undefined,
  unit: string | undefined,
): AlarmMetric | undefined {
  if (!namespace || !name) return undefined;
  const pairs = (dimensions ?? []).map(({ Name, Value }): [string, string] => [Name ?? '', Value ?? '']);
  return {
    namespace,
    name,
    dimensions: Object.fromEntries(pairs),
    statistic: statistic ?? 'Average',
    ...defined({ unit }),
  };
}

function reasonData(text: string | undefined): AlarmReasonData | undefined {
  const data = parse(text);
  const points: unknown = data?.['recentDatapoints'];
  if (!Array.isArray(points)) return undefined;
  const recentDatapoints = (points as readonly unknown[]).filter((point) => typeof point === 'number');
  const threshold = typeof data?.['threshold'] === 'number' ? data['threshold'] : undefined;
  const start = typeof data?.['startDate'] === 'string' ? Date.parse(awsTime(data['startDate'])) : NaN;
  return { recentDatapoints, ...defined({ threshold, startDate: Number.isNaN(start) ? undefined : start }) };
}

/** `+0000` is not ISO 8601's `+00:00`; not every engine reads it. */
function awsTime(text: string): string {
  return text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}

function transition(data: string | undefined) {
  const parsed = parse(data);
  return { from: stateIn(parsed?.['oldState']), to: stateIn(parsed?.['newState']) };
}

function stateIn(value: unknown) {
  const state: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'stateValue') : undefined;
  return isAlarmState(state) ? state : undefined;
}

function parse(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // malformed reason data is worth no more than none: the server's own words remain
  }
}

/** Leaves out what is undefined: an optional field is there or it is not. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
