import * as v from 'valibot';
import type { HistoryItem } from '../alarms/history.ts';
import { alarmName, optional, scanBy, timestamp } from '../shapes.ts';
import { alarmTypes, maxRecords } from './describe-alarms.ts';
import { operation, seconds } from './operation.ts';
import { pageOf } from './paging.ts';

const types = ['ConfigurationUpdate', 'StateUpdate', 'Action'] as const;
/** Item types of alarms with contributors, which are not kept here: asking for them finds nothing. */
const contributorTypes = ['AlarmContributorStateUpdate', 'AlarmContributorAction'] as const;

const input = v.object({
  AlarmName: optional(alarmName),
  AlarmTypes: optional(alarmTypes),
  HistoryItemType: optional(v.picklist([...types, ...contributorTypes])),
  StartDate: optional(timestamp),
  EndDate: optional(timestamp),
  MaxRecords: optional(maxRecords),
  NextToken: optional(v.string()),
  ScanBy: optional(scanBy),
});
type Input = v.InferOutput<typeof input>;

export const describeAlarmHistory = operation(input, (service, request) => {
  const found = service.history.items(service.clock.now()).filter((item) => matches(item, request));
  const ordered = request.ScanBy === 'TimestampAscending' ? found : found.reverse();
  const { page, ...next } = pageOf(ordered, request.MaxRecords ?? 100, request);
  return { AlarmHistoryItems: page.map(shown), ...next };
});

function matches(item: HistoryItem, request: Input): boolean {
  const {
    AlarmName,
    AlarmTypes = ['MetricAlarm'],
    HistoryItemType,
    StartDate = -Infinity,
    EndDate = Infinity,
  } = request;
  return (
    (AlarmName === undefined || item.alarmName === AlarmName) &&
    AlarmTypes.includes(item.alarmType) &&
    (HistoryItemType === undefined || item.type === HistoryItemType) &&
    item.time >= StartDate &&
    item.time <= EndDate
  );
}

function shown({ alarmName: AlarmName, alarmType: AlarmType, time, type, summary, data }: HistoryItem): object {
  const common = { AlarmName, AlarmType, Timestamp: seconds(time) };
  return { ...common, HistoryItemType: type, HistorySummary: summary, HistoryData: data };
}
