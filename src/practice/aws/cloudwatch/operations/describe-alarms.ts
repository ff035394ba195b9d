import * as v from 'valibot';
import type { Alarm } from '../alarms/alarm.ts';
import { ApiError, validationError } from '../errors.ts';
import type { CloudWatchService } from '../service.ts';
import {
  alarmName,
  dimensions,
  list,
  metricKey,
  metricName,
  namespace,
  optional,
  positiveInteger,
  statistic,
  stateValue,
  text,
  unit,
} from '../shapes.ts';
import { operation, seconds } from './operation.ts';
import { pageOf } from './paging.ts';

export const alarmTypes = list(v.picklist(['CompositeAlarm', 'MetricAlarm', 'LogAlarm']));
export const maxRecords = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));

const input = v.object({
  AlarmNames: optional(list(alarmName, 100)),
  AlarmNamePrefix: optional(alarmName),
  AlarmTypes: optional(alarmTypes),
  ChildrenOfAlarmName: optional(alarmName),
  ParentsOfAlarmName: optional(alarmName),
  StateValue: optional(stateValue),
  ActionPrefix: optional(text(1, 1024)),
  MaxRecords: optional(maxRecords),
  NextToken: optional(v.string()),
});
type Input = v.InferOutput<typeof input>;

export const describeAlarms = operation(input, (service, request) => {
  const { page, ...next } = pageOf(chosen(service, request), request.MaxRecords ?? 100, request);
  const show = shortForm(request) ?? ((alarm: Alarm) => description(alarm));
  const ofType = (type: Alarm['type']) => page.filter((alarm) => alarm.type === type).map(show);
  return { CompositeAlarms: ofType('CompositeAlarm'), MetricAlarms: ofType('MetricAlarm'), LogAlarms: [], ...next };
});

function chosen(service: CloudWatchService, request: Input): readonly Alarm[] {
  const { ChildrenOfAlarmName: parent, ParentsOfAlarmName: child } = request;
  if (parent !== undefined || child !== undefined) {
    checkAlone(request);
    const alarm = existing(service, parent ?? child ?? '');
    return parent === undefined ? service.alarms.parentsOf(alarm) : service.alarms.childrenOf(alarm);
  }
  if (request.AlarmNames && request.AlarmNamePrefix !== undefined)
    throw validationError('AlarmNames and AlarmNamePrefix cannot be specified together.');
  return service.alarms.all().filter((alarm) => matches(alarm, request));
}

/** Relatives are asked for without any other filter. */
function checkAlone(request: Input): void {
  const others = Object.keys(request).filter((member) => !['NextToken', 'MaxRecords'].includes(member));
  if (others.length > 1)
    throw validationError('ChildrenOfAlarmName and ParentsOfAlarmName cannot be combined with other parameters.');
}

function existing(service: CloudWatchService, name: string): Alarm {
  const alarm = service.alarms.get(name);
  if (!alarm) throw new ApiError('ResourceNotFound', `Alarm ${name} does not exist`);
  return alarm;
}

function matches({ type, config, state }: Alarm, request: Input): boolean {
  const { AlarmNames, AlarmNamePrefix = '', AlarmTypes = ['MetricAlarm'], StateValue, ActionPrefix } = request;
  const actions = [...config.AlarmActions, ...config.OKActions, ...config.InsufficientDataActions];
  return (
    AlarmTypes.includes(type) &&
    (AlarmNames?.includes(config.AlarmName) ?? true) &&
    config.AlarmName.startsWith(AlarmNamePrefix) &&
    (StateValue === undefined || state.value === StateValue) &&
    (ActionPrefix === undefined || actions.some((action) => action.startsWith(ActionPrefix)))
  );
}

/** Relatives come with a few members only: parents with name and ARN, children with their state besides. */
function shortForm({ ChildrenOfAlarmName, ParentsOfAlarmName }: Input): ((alarm: Alarm) => object) | undefined {
  if (ParentsOfAlarmName !== undefined) return ({ arn, config }) => ({ AlarmName: config.AlarmName, AlarmArn: arn });
  if (ChildrenOfAlarmName === undefined) return undefined;
  return ({ arn, config, state }) => ({
    AlarmName: config.AlarmName,
    AlarmArn: arn,
    StateValue: state.value,
    StateUpdatedTimestamp: seconds(state.updated),
  });
}

function description({ arn, config, configurationUpdated, state }: Alarm): object {
  return {
    ...config,
    AlarmArn: arn,
    AlarmConfigurationUpdatedTimestamp: seconds(configurationUpdated),
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData !== undefined && { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: seconds(state.updated),
    StateTransitionedTimestamp: seconds(state.transitioned),
  };
}

export const describeAlarmsForMetric = operation(
  v.object({
    MetricName: metricName,
    Namespace: namespace,
    Statistic: optional(statistic),
    ExtendedStatistic: optional(v.string()),
    Dimensions: optional(dimensions),
    Period: optional(positiveInteger),
    Unit: optional(unit),
  }),
  (service, { MetricName, Namespace, Dimensions = [], ...others }) => {
    const key = metricKey({ namespace: Namespace, name: MetricName, dimensions: Dimensions });
    const wanted = Object.entries(others);
    const found = service.alarms.all().filter((alarm) => {
      if (alarm.type !== 'MetricAlarm') return false;
      const { Namespace: space = '', MetricName: name = '', Dimensions: dims } = alarm.config;
      const given = new Map<string, unknown>(Object.entries(alarm.config));
      const sameMetric = metricKey({ namespace: space, name, dimensions: dims }) === key;
      return sameMetric && wanted.every(([member, value]) => given.get(member) === value);
    });
    return { MetricAlarms: found.map(description) };
  },
);
