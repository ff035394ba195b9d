import assert from 'node:assert/strict';
import {
  type AlarmHistoryItem,
  CloudWatchClient,
  type CompositeAlarm,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  type DescribeAlarmsCommandOutput,
  type HistoryItemType,
  type MetricAlarm,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmActions } from '../../../../../src/practice/aws/cloudwatch/alarms/dispatch.ts';
import type { AlarmEvent } from '../../../../../src/practice/aws/cloudwatch/alarms/notices.ts';
import { startCloudWatch } from '../../../../../src/practice/aws/cloudwatch/server.ts';
import { loadServiceModel, ModelChecker } from '../../../../support/botocore.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

export const accountId = '123456789012';
export const region = 'ap-northeast-2';
export const topic = `arn:aws:sns:${region}:${accountId}:alarms`;

/** Our CloudWatch on a clock that stands still, the real SDK client before it, and botocore's model beside it. */
export class Harness {
  readonly clock: FakeClock;
  readonly client: CloudWatchClient;
  readonly url: string;
  readonly checker: ModelChecker;
  readonly notices: Parameters<AlarmActions['publish']>[0][] = [];
  readonly events: AlarmEvent[] = [];
  readonly #closeServer: () => Promise<void>;

  constructor(clock: FakeClock, checker: ModelChecker, url: string, closeServer: () => Promise<void>) {
    this.clock = clock;
    this.checker = checker;
    this.url = url;
    this.#closeServer = closeServer;
    const credentials = { accessKeyId: accountId, secretAccessKey: 'test' };
    this.client = new CloudWatchClient({ endpoint: url, region, credentials, maxAttempts: 1 });
  }

  /** `refuse` names topics whose publishing fails. */
  static async start(refuse: readonly string[] = []): Promise<Harness> {
    const clock = new FakeClock('2026-11-21T09:00:00Z');
    const checker = new ModelChecker(await loadServiceModel('cloudwatch', '2010-08-01'));
    const actions: AlarmActions = {
      publish: (notice) => {
        if (refuse.includes(notice.topicArn)) return Promise.reject(new Error('Topic does not exist'));
        harness.notices.push(notice);
        return Promise.resolve();
      },
      putEvent: (event) => {
        harness.events.push(event);
        return Promise.resolve();
      },
    };
    const server = await startCloudWatch({ clock, accountId, region, actions, observe: checker.observe });
    const harness: Harness = new Harness(clock, checker, server.url, () => server.close());
    return harness;
  }

  async close(): Promise<void> {
    this.client.destroy();
    await this.#closeServer();
  }

  /** A moment relative to the clock, in seconds. */
  at(seconds: number): Date {
    return new Date(this.clock.now() + seconds * 1000);
  }

  /** Puts one high-resolution value of a metric of the pod `front-end`, now; `cpu` unless named. */
  async put(value: number, MetricName = cpu.MetricName): Promise<void> {
    const datum = { ...cpu, MetricName, Value: value, StorageResolution: 1 };
    await this.client.send(new PutMetricDataCommand({ Namespace: 'Lab', MetricData: [datum] }));
  }

  /** An alarm on that metric: above 50 in two periods of 10 s, unless told otherwise. */
  async putAlarm(changes: Partial<PutMetricAlarmCommandInput> = {}): Promise<void> {
    await this.client.send(new PutMetricAlarmCommand({ ...cpuAlarm, ...changes }));
  }

  describeAlarms(input: DescribeAlarmsCommandInput = {}): Promise<DescribeAlarmsCommandOutput> {
    return this.client.send(new DescribeAlarmsCommand(input));
  }

  async alarm(name: string): Promise<MetricAlarm | undefined> {
    return (await this.describeAlarms({ AlarmNames: [name] })).MetricAlarms?.[0];
  }

  async composite(name: string): Promise<CompositeAlarm | undefined> {
    return (await this.describeAlarms({ AlarmNames: [name], AlarmTypes: ['CompositeAlarm'] })).CompositeAlarms?.[0];
  }

  putComposite(AlarmName: string, AlarmRule: string, AlarmActions: string[] = []): Promise<unknown> {
    return this.client.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule, AlarmActions }));
  }

  setState(AlarmName: string, StateValue: StateValue, StateReasonData?: string): Promise<unknown> {
    return this.client.send(
      new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test', StateReasonData }),
    );
  }

  /** The newest page of an alarm's history, newest first. */
  async history(AlarmName: string, HistoryItemType?: HistoryItemType): Promise<AlarmHistoryItem[]> {
    const command = new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType });
    return (await this.client.send(command)).AlarmHistoryItems ?? [];
  }

  remove(...AlarmNames: string[]): Promise<unknown> {
    return this.client.send(new DeleteAlarmsCommand({ AlarmNames }));
  }
}

export const arn = (name: string) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`;

export const cpu = { MetricName: 'cpu', Dimensions: [{ Name: 'PodName', Value: 'front-end' }] };

const cpuAlarm: PutMetricAlarmCommandInput = {
  AlarmName: 'cpu-high',
  Namespace: 'Lab',
  ...cpu,
  Statistic: 'Average',
  Period: 10,
  EvaluationPeriods: 2,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
};

/** Runs the tests inside on one server, then holds every exchange that they made against botocore's model. */
export function describeOverHttp(
  title: string,
  tests: (harness: () => Harness) => void,
  refuse: readonly string[] = [],
): void {
  describe(title, () => {
    let running: Harness | undefined;
    const harness = () => {
      assert.ok(running, 'the server is not started');
      return running;
    };
    before(async () => {
      running = await Harness.start(refuse);
    });
    after(() => running?.close());

    tests(harness);

    // in a suite of its own, since mocha runs the suites of a suite after its tests
    describe('the service model', () => {
      it('holds for every exchange that was made', () => {
        assert.deepEqual(harness().checker.problems, []);
        assert.ok(harness().checker.count > 0, 'no exchange was checked');
      });
    });
  });
}
