import { describeAlarms, describeAlarmsForMetric } from './describe-alarms.ts';
import { getMetricData } from './get-metric-data.ts';
import type { Operation } from './operation.ts';
import { putCompositeAlarm, putMetricAlarm } from './put-alarms.ts';
import { putMetricData } from './put-metric-data.ts';

/** Every operation that is answered, by its name in the API. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    PutMetricData: putMetricData,
    GetMetricData: getMetricData,
    PutMetricAlarm: putMetricAlarm,
    PutCompositeAlarm: putCompositeAlarm,
    DescribeAlarms: describeAlarms,
    DescribeAlarmsForMetric: describeAlarmsForMetric,
  }),
);
