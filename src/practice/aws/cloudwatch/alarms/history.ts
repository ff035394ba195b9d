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
    const summary = `Alarm "${alarm.config.AlarmName}" ${change}`;
    this.#add(alarm, now, 'ConfigurationUpdate', summary, data, { version: '1.0', type });
  }

  state(alarm: Alarm, old: AlarmState): void {
    const { state } = alarm;
    const full = { version: '1.0', oldState: stateData(old), newState: stateData(state) };
    const short = { ...full, oldState: stateText(old), newState: stateText(state) };
    const summary = `Alarm updated from ${old.value} to ${state.value}`;
    this.#add(alarm, state.updated, 'StateUpdate', summary, full, short);
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
    this.#add(alarm, now, 'Action', summary, data, { ...data, publishedMessage: null });
  }

  /** `short` is written where `full` does not fit: a JSON text that is cut off would help nobody. */
  #add(alarm: Alarm, time: number, type: HistoryItemType, summary: string, full: object, short: object): void {
    const text = JSON.stringify(full);
    this.#items.push({
      ...{ alarmName: alarm.config.AlarmName, alarmType: alarm.type, time, type },
      summary: summary.slice(0, 255),
      data: text.length <= maxData ? text : JSON.stringify(short),
    });
    if (this.#items.length > this.#max) this.#items.splice(0, this.#items.length - this.#max);
  }
}

function configuration(alarm: Alarm): object {
  return { ...alarm.config, AlarmArn: alarm.arn, StateValue: alarm.state.value };
}

const stateText = ({ value, reason }: AlarmState) => ({ stateValue: value, stateReason: reason });

function stateData(state: AlarmState): object {
  const { reasonData } = state;
  // JSON always: ours is, and SetAlarmState refuses what is not
  const data: unknown = reasonData === undefined ? undefined : JSON.parse(reasonData);
  return { ...stateText(state), ...(data !== undefined && { stateReasonData: data }) };
}

/** CloudWatch writes configurations with lower-case first letters (`OKActions` becomes `okactions`). */
function camelCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camelCase);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [lowerFirst(key), camelCase(inner)]));
}

const lowerFirst = (key: string) => (key === 'OKActions' ? 'okactions' : key.charAt(0).toLowerCase() + key.slice(1));
