import type { Alarm, AlarmState } from './alarm.ts';

export type HistoryItemType = 'ConfigurationUpdate' | 'StateUpdate' | 'Action';

export interface HistoryItem {
  readonly alarmName: string;
  readonly alarmType: Alarm['type'];
  /** Milliseconds since the epoch. */
  readonly time: number;
  readonly type: HistoryItemType;
  readonly summary: string;
  /** JSON text. */
  readonly data: string;
}

/** AWS keeps alarm history for 30 days; the number of items bounds memory besides. */
const keptFor = 30 * 24 * 3_600_000;
const maxData = 4095;

/** Append-only, oldest first; outlives the alarms that it tells of. */
export class History {
  readonly #max: number;
  #items: HistoryItem[] = [];

  constructor(max = 10_000) {
    this.#max = max;
  }

  items(now: number): readonly HistoryItem[] {
    return this.#items.filter((item) => now - item.time <= keptFor);
  }

  configuration(change: 'created' | 'updated' | 'deleted', alarm: Alarm, now: number): void {
    const type = { created: 'Create', updated: 'Update', deleted: 'Delete' }[change];
    const data = { version: '1.0', type, [`${change}Alarm`]: camelCase(configuration(alarm)) };
    this.#add(alarm, now, 'ConfigurationUpdate', `Alarm "${alarm.config.AlarmName}" ${change}`, data);
  }

  state(alarm: Alarm, old: AlarmState): void {
    const { state } = alarm;
    const data = { version: '1.0', oldState: stateData(old), newState: stateData(state) };
    this.#add(alarm, state.updated, 'StateUpdate', `Alarm updated from ${old.value} to ${state.value}`, data);
  }

  action(alarm: Alarm, now: number, resource: string, message: string, failure?: string): void {
    const data = {
      actionState: failure === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: alarm.state.updated,
      notificationResource: resource,
      publishedMessage: message,
      error: failure ?? null,
    };
    const summary =
      failure === undefined
        ? `Successfully executed action ${resource}`
        : `Failed to execute action ${resource}. Received error: "${failure}"`;
    // what the field cannot hold is left out whole: a cut JSON text would help nobody
    const fits = JSON.stringify(data).length <= maxData;
    this.#add(alarm, now, 'Action', summary, fits ? data : { ...data, publishedMessage: null });
  }

  #add(alarm: Alarm, time: number, type: HistoryItemType, summary: string, data: object): void {
    const { AlarmName: alarmName } = alarm.config;
    const text = JSON.stringify(data);
    this.#items.push({
      ...{ alarmName, alarmType: alarm.type, time, type },
      summary: summary.slice(0, 255),
      data: text.length <= maxData ? text : JSON.stringify({ version: '1.0', truncated: true }),
    });
    if (this.#items.length > this.#max) this.#items.splice(0, this.#items.length - this.#max);
  }
}

function configuration(alarm: Alarm): object {
  return { ...alarm.config, AlarmArn: alarm.arn, StateValue: alarm.state.value };
}

function stateData({ value, reason, reasonData }: AlarmState): object {
  const data: unknown = reasonData === undefined ? undefined : parsed(reasonData);
  return { stateValue: value, stateReason: reason, ...(data !== undefined && { stateReasonData: data }) };
}

/** SetAlarmState takes any text as reason data. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** CloudWatch writes configurations with lower-case first letters (`OKActions` becomes `okactions`). */
function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [lowerFirst(key), camelCase(inner)]));
}

const lowerFirst = (key: string) => (key === 'OKActions' ? 'okactions' : key.charAt(0).toLowerCase() + key.slice(1));
