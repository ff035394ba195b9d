import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Disposable } from '../../core/disposable.ts';
import type { Alarm, AlarmHistoryItem, AwsScope } from '../../domain/alarms/model.ts';
import type { Span } from '../../domain/metrics/range.ts';
import { compositeAlarm, historyItem, metricAlarm } from './alarm-mapping.ts';
import { AwsConnection, type ConnectionPorts, patience, patienceWithData } from './connection.ts';

/** What GetMetricData said of one query. */
export interface MetricResult {
  readonly label: string;
  /** Value by time, milliseconds since the epoch. */
  readonly points: ReadonlyMap<number, number>;
  readonly complete: boolean;
}

const namesPerCall = 100;
const historyPages = 5;
/** Seconds that a receive waits at the queue: SQS's longest. */
const longPollSeconds = 20;

/**
 * One scope's alarms, metrics, queue and identity. With the connection under it, all that the SDK's weight hangs on: it
 * is imported when the first call is due. All methods @throws JarvisError `aws.*`.
 */
export class AwsSession implements Disposable {
  /** For other services of the same scope. */
  readonly connection: AwsConnection;
  readonly region: string;
  readonly #scope: AwsScope;
  readonly #cloudWatch: CloudWatchClient;
  readonly #sqs: SQSClient;
  readonly #sts: STSClient;

  /** Reads the shared config files as they are now. @throws JarvisError aws.profileMissing, aws.regionMissing */
  static async open(scope: AwsScope, ports: ConnectionPorts): Promise<AwsSession> {
    return new AwsSession(scope, await AwsConnection.open(scope, ports));
  }

  private constructor(scope: AwsScope, connection: AwsConnection) {
    this.#scope = scope;
    this.connection = connection;
    this.region = connection.region;
    const region = queueRegion(scope.queueUrl) ?? this.region;
    this.#cloudWatch = connection.client('cloudwatch', (config) => new CloudWatchClient(config));
    this.#sqs = connection.client('sqs', (config) => new SQSClient({ ...config, region }), longPollSeconds + patience);
    this.#sts = connection.client('sts', (config) => new STSClient(config));
  }

  /** The account behind the credentials. */
  async account(signal?: AbortSignal): Promise<string | undefined> {
    const identity = await this.connection.call('sts', 'GetCallerIdentity', signal, (abortSignal) =>
      this.#sts.send(new GetCallerIdentityCommand(), { abortSignal }),
    );
    return identity.Account;
  }

  /** All alarms of both kinds, or those named. */
  async alarms(names?: readonly string[], signal?: AbortSignal): Promise<readonly Alarm[]> {
    if (!names) return this.#describe({}, signal);
    const found: Alarm[] = [];
    for (let start = 0; start < names.length; start += namesPerCall)
      found.push(...(await this.#describe({ AlarmNames: names.slice(start, start + namesPerCall) }, signal)));
    return found;
  }

  async #describe(input: { AlarmNames?: string[] }, signal?: AbortSignal): Promise<readonly Alarm[]> {
    const alarms: (Alarm | undefined)[] = [];
    let token: string | undefined;
    do {
      const page = await this.connection.call('cloudwatch', 'DescribeAlarms', signal, (abortSignal) =>
        this.#cloudWatch.send(
          new DescribeAlarmsCommand({
            ...input,
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            MaxRecords: namesPerCall,
            NextToken: token,
          }),
          { abortSignal },
        ),
      );
      alarms.push(...(page.MetricAlarms ?? []).map((alarm) => metricAlarm(this.#scope.label, alarm)));
      alarms.push(...(page.CompositeAlarms ?? []).map((alarm) => compositeAlarm(this.#scope.label, alarm)));
      token = page.NextToken;
    } while (token);
    return alarms.filter((alarm) => alarm !== undefined);
  }

  /** Newest first, at most 500 items. */
  async history(alarmName: string, span?: Span, signal?: AbortSignal): Promise<readonly AlarmHistoryItem[]> {
    const items: AlarmHistoryItem[] = [];
    let token: string | undefined;
    for (let page = 0; page < historyPages; page++) {
      const answer = await this.connection.call('cloudwatch', 'DescribeAlarmHistory', signal, (abortSignal) =>
        this.#cloudWatch.send(
          new DescribeAlarmHistoryCommand({
            AlarmName: alarmName,
            AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
            ScanBy: 'TimestampDescending',
            MaxRecords: 100,
            NextToken: token,
            ...(span ? { StartDate: new Date(span.from), EndDate: new Date(span.to) } : {}),
          }),
          { abortSignal },
        ),
      );
      items.push(...(answer.AlarmHistoryItems ?? []).map(historyItem));
      token = answer.NextToken;
      if (!token) break;
    }
    return items;
  }

  /** All queries in one call; further calls only where the server pages its answer. By query id. */
  async metricData(
    queries: readonly MetricDataQuery[],
    span: Span,
    signal: AbortSignal,
  ): Promise<ReadonlyMap<string, MetricResult>> {
    const results = new Map<string, { label: string; points: Map<number, number>; complete: boolean }>();
    let token: string | undefined;
    do {
      const command = new GetMetricDataCommand({
        MetricDataQueries: [...queries],
        StartTime: new Date(span.from),
        EndTime: new Date(span.to),
        ScanBy: 'TimestampAscending',
        NextToken: token,
      });
      const page = await this.connection.call(
        'cloudwatch',
        'GetMetricData',
        signal,
        (abortSignal) => this.#cloudWatch.send(command, { abortSignal }),
        patienceWithData,
      );
      for (const { Id = '', Label = '', Timestamps = [], Values = [], StatusCode } of page.MetricDataResults ?? []) {
        const result = results.get(Id) ?? { label: Label, points: new Map<number, number>(), complete: true };
        results.set(Id, result);
        Timestamps.forEach((time, index) => result.points.set(time.getTime(), Values[index] ?? NaN));
        result.complete = StatusCode !== 'InternalError' && StatusCode !== 'Forbidden';
      }
      token = page.NextToken;
    } while (token);
    return results;
  }

  /**
   * At most ten messages. They stay hidden from other readers for half a minute, however the queue is set, so that
   * messages which are not ours cannot come back in a tight circle.
   */
  async receive(queueUrl: string, signal: AbortSignal, { wait = true } = {}): Promise<readonly Message[]> {
    const seconds = wait ? longPollSeconds : 0;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: seconds,
      VisibilityTimeout: 30,
    });
    const answer = await this.connection.call(
      'sqs',
      'ReceiveMessage',
      signal,
      (abortSignal) => this.#sqs.send(command, { abortSignal }),
      patience + seconds,
    );
    return answer.Messages ?? [];
  }

  /** Takes handled messages out of the queue. At most ten. */
  async remove(queueUrl: string, messages: readonly Message[], signal: AbortSignal): Promise<void> {
    const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await this.connection.call('sqs', 'DeleteMessage', signal, (abortSignal) =>
      this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), { abortSignal }),
    );
  }

  dispose(): void {
    this.connection.dispose();
  }
}

/** `https://sqs.REGION.amazonaws.com/…`: a queue may live in another region than the alarms. */
function queueRegion(queueUrl: string | undefined): string | undefined {
  return /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//.exec(queueUrl ?? '')?.[1];
}
