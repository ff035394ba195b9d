import * as v from 'valibot';
import { ApiError } from '../errors.ts';
import { alarmName, list, optional, stateValue, text } from '../shapes.ts';
import { operation } from './operation.ts';

const names = v.object({ AlarmNames: list(alarmName, 100) });

export const deleteAlarms = operation(names, (service, { AlarmNames }) => {
  for (const alarm of service.alarms.delete(AlarmNames)) service.tags.delete(alarm.arn);
  return undefined;
});

const switchActions = (enabled: boolean) =>
  operation(names, (service, { AlarmNames }) => {
    service.alarms.setActionsEnabled(AlarmNames, enabled);
    return undefined;
  });
export const enableAlarmActions = switchActions(true);
export const disableAlarmActions = switchActions(false);

export const setAlarmState = operation(
  v.object({
    AlarmName: alarmName,
    StateValue: stateValue,
    StateReason: text(0, 1023),
    StateReasonData: optional(text(0, 4000)),
  }),
  (service, { AlarmName, StateValue: value, StateReason: reason, StateReasonData: reasonData }) => {
    if (reasonData !== undefined && !isJson(reasonData))
      throw new ApiError('InvalidFormatFault', 'StateReasonData was not valid JSON');
    service.alarms.setState(AlarmName, { value, reason, ...(reasonData !== undefined && { reasonData }) });
    return undefined;
  },
);

function isJson(data: string): boolean {
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
