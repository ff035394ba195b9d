import { deleteAlarms, disableAlarmActions, enableAlarmActions, setAlarmState } from './change-alarms.ts';
import { describeAlarmHistory } from './describe-alarm-history.ts';
import { describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import { getMetricStatistics } from './get-metric-statistics.ts';
import { listMetrics } from './list-metrics.ts';
import type { Operation } from './operation.ts';
import { putCompositeAlarm, putMetricAlarm } from './put-alarms.ts';
import { putMetricData } from './put-metric-data.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';

/** Every operation that is answered, by its name in the API. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    PutMetricData: putMetricData,
    GetMetricData: getMetricData,
    GetMetricStatistics: getMetricStatistics,
    ListMetrics: listMetrics,
    PutMetricAlarm: putMetricAlarm,
    PutCompositeAlarm: putCompositeAlarm,
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
    DescribeAlarmHistory: describeAlarmHistory,
    DeleteAlarms: deleteAlarms,
    EnableAlarmActions: enableAlarmActions,
    DisableAlarmActions: disableAlarmActions,
    SetAlarmState: setAlarmState,
    TagResource: tagResource,
    UntagResource: untagResource,
    ListTagsForResource: listTagsForResource,
  }),
);
