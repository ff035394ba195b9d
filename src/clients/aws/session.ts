import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';
import { DeleteMessageBatchCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { isCancelled } from '../../core/errors.ts';
import type { Alarm, AlarmHistoryItem, AwsScope } from '../../domain/alarms/model.ts';
import type { Span } from '../../domain/metrics/range.ts';
import { compositeAlarm, historyItem, metricAlarm } from './alarm-mapping.ts';
import { OutOfTime, within } from './deadline.ts';
import { type CallContext, timeoutError, toAwsError } from './errors.ts';
import type { Environment } from './scopes.ts';
import { readScopeConfig, type ScopeConfig, type Service } from './shared-config.ts';

/** What GetMetricData said of one query. */
export interface MetricResult {
  readonly label: string;
  /** Value by time, milliseconds since the epoch. */
  readonly points: ReadonlyMap<number, number>;
  readonly complete: boolean;
}

const namesPerCall = 100;
const historyPages = 5;
/** Seconds until it is said that nothing comes, attempts and credentials included. */
const patience = 10;
/** Many metrics over a long time may take CloudWatch a while. */
const patienceWithData = 30;
/** Seconds that a receive waits at the queue: SQS's longest. */
const longPollSeconds = 20;

export interface SessionPorts {
  readonly env: Environment;
  readonly clock: Clock;
  /** Called for every request that goes out. */
  readonly onRequest: () => void;
}

/**
 * One scope's AWS clients. The only file that the SDK's weight hangs on: it is imported when the first call is due.
 * All methods @throws JarvisError `aws.*`.
 */
export class AwsSession implements Disposable {
  readonly region: string;
  readonly #scope: AwsScope;
  readonly #config: ScopeConfig;
  readonly #cloudWatch: CloudWatchClient;
  readonly #sqs: SQSClient;
  readonly #sts: STSClient;
  readonly #clock: Clock;
  #requests = 0;
  /** What the last attempt met: the SDK may sit on it until a Retry-After is over. */
  #lastFailure: unknown;

  /** Reads the shared config files as they are now. @throws JarvisError aws.profileMissing, aws.regionMissing */
  static async open(scope: AwsScope, { env, clock, onRequest }: SessionPorts): Promise<AwsSession> {
    return new AwsSession(scope, await readScopeConfig(scope, env), clock, onRequest);
  }

  private constructor(scope: AwsScope, config: ScopeConfig, clock: Clock, onRequest: () => void) {
    this.#scope = scope;
    this.#clock = clock;
    this.#config = config;
    this.region = config.region;
    const credentials = credentialsOf(config);
    const common = (service: Service, timeout = patienceWithData * 1000) => ({
      region: config.region,
      credentials,
      // the endpoint was resolved from this scope's own profile; the SDK would ask the environment's
      ignoreConfiguredEndpointUrls: true,
      ...(config.endpoints[service] ? { endpoint: config.endpoints[service] } : {}),
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 5_000, requestTimeout: timeout, throwOnRequestTimeout: true },
    });
    this.#cloudWatch = new CloudWatchClient(common('cloudwatch'));
    this.#sqs = new SQSClient({
      ...common('sqs', (longPollSeconds + patience) * 1000),
      region: queueRegion(scope.queueUrl) ?? config.region,
    });
    this.#sts = new STSClient(common('sts'));
    const attempts = watchAttempts({
      began: () => {
        this.#requests++;
        onRequest();
      },
      failed: (error) => {
        if (!isCancelled(error)) this.#lastFailure = error;
      },
    });
    // inside of the retries and after the credentials, so that each attempt counts, and only what goes out
    const place = { step: 'finalizeRequest', priority: 'low' } as const;
    this.#cloudWatch.middlewareStack.add(attempts, place);
    this.#sqs.middlewareStack.add(attempts, place);
    this.#sts.middlewareStack.add(attempts, place);
  }

  /** The account behind the credentials. */
  async account(signal?: AbortSignal): Promise<string | undefined> {
    const identity = await this.#call('sts', 'GetCallerIdentity', signal, (abortSignal) =>
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
      const page = await this.#call('cloudwatch', 'DescribeAlarms', signal, (abortSignal) =>
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
      const answer = await this.#call('cloudwatch', 'DescribeAlarmHistory', signal, (abortSignal) =>
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
      const page = await this.#call(
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
    const answer = await this.#call(
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
    await this.#call('sqs', 'DeleteMessage', signal, (abortSignal) =>
      this.#sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries }), { abortSignal }),
    );
  }

  dispose(): void {
    for (const client of [this.#cloudWatch, this.#sqs, this.#sts]) client.destroy();
  }

  async #call<T>(
    service: Service,
    operation: string,
    signal: AbortSignal | undefined,
    send: (signal: AbortSignal) => Promise<T>,
    seconds = patience,
  ): Promise<T> {
    const context: CallContext = {
      who: this.#config.profile ?? this.#scope.label,
      config: this.#config,
      service,
      operation,
    };
    const requests = this.#requests;
    this.#lastFailure = undefined;
    try {
      return await within(this.#clock, seconds * 1000, signal, send);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw toAwsError(error, context);
      if (this.#lastFailure !== undefined) throw toAwsError(this.#lastFailure, context);
      throw timeoutError(context, seconds, this.#requests > requests);
    }
  }
}

/** A named profile means that profile only; without one, the SDK's whole chain up to the instance's role. */
function credentialsOf({ profile, files }: ScopeConfig) {
  const options = { ...files, ignoreCache: true };
  return profile ? fromIni({ ...options, profile }) : fromNodeProviderChain(options);
}

/** `https://sqs.REGION.amazonaws.com/…`: a queue may live in another region than the alarms. */
function queueRegion(queueUrl: string | undefined): string | undefined {
  return /^https:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\//.exec(queueUrl ?? '')?.[1];
}

function watchAttempts({ began, failed }: { began: () => void; failed: (error: unknown) => void }) {
  return <A, R>(next: (args: A) => Promise<R>) =>
    async (args: A) => {
      began();
      try {
        return await next(args);
      } catch (error) {
        failed(error);
        throw error;
      }
    };
}
