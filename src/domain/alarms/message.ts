import { parseTime } from '../../core/time.ts';
import { parseAlarmArn } from './arn.ts';
import type { AlarmState } from './model.ts';

/** News of an alarm from a queue. Only a reason to look: DescribeAlarms says what is true. */
export interface AlarmNotice {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly state: AlarmState;
  /** Milliseconds since the epoch; undefined where absent or malformed. */
  readonly at?: number;
}

/**
 * Reads a queue message: an SNS alarm notice or an EventBridge "CloudWatch Alarm State Change", delivered raw or in the
 * SNS envelope. Undefined for everything else; never throws, whatever the text.
 * Sources: CloudWatch user guide "Alarm events and EventBridge"; SNS developer guide "Raw message delivery".
 */
export function parseAlarmMessage(text: string): AlarmNotice | undefined {
  const outer = parseObject(text);
  if (!outer) return undefined;
  return noticeOf(outer) ?? noticeOf(parseObject(outer['Type'] === 'Notification' ? outer['Message'] : undefined));
}

type Fields = Readonly<Record<string, unknown>>;

function noticeOf(fields: Fields | undefined): AlarmNotice | undefined {
  return fields && (fromSns(fields) ?? fromEventBridge(fields));
}

function fromSns(fields: Fields): AlarmNotice | undefined {
  return notice(fields['AlarmArn'], fields['NewStateValue'], fields['StateChangeTime']);
}

function fromEventBridge(fields: Fields): AlarmNotice | undefined {
  if (fields['source'] !== 'aws.cloudwatch' || fields['detail-type'] !== 'CloudWatch Alarm State Change')
    return undefined;
  const resources: unknown = fields['resources'];
  const arn: unknown = Array.isArray(resources) ? resources[0] : undefined;
  const state = asObject(asObject(fields['detail'])?.['state']);
  return notice(arn, state?.['value'], state?.['timestamp'] ?? fields['time']);
}

function notice(arn: unknown, state: unknown, time: unknown): AlarmNotice | undefined {
  const parsed = typeof arn === 'string' ? parseAlarmArn(arn) : undefined;
  if (typeof arn !== 'string' || !parsed || !isAlarmState(state)) return undefined;
  const at = typeof time === 'string' ? parseTime(time) : undefined;
  const { name, account, region } = parsed;
  return { arn, name, account, region, state, ...(at !== undefined && { at }) };
}

export function isAlarmState(value: unknown): value is AlarmState {
  return value === 'ALARM' || value === 'OK' || value === 'INSUFFICIENT_DATA';
}

function parseObject(text: unknown): Fields | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined; // not JSON: a message of somebody else's
  }
}

function asObject(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
