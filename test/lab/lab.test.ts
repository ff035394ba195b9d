import assert from 'node:assert/strict';
import {
  CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import type { AwsDescription } from './description.ts';
import { type Lab, startLab } from './lab.ts';
import { until } from './process/until.ts';

const alarmName = 'sock-shop-front-end-cpu';

describe('the story of the lab', function () {
  this.timeout('20m'); // the first start of a machine builds the tools
  let lab: Lab;
  let cloudwatch: CloudWatchClient;
  let sqs: SQSClient;
  let aws: AwsDescription;

  before(async () => {
    lab = await startLab();
    assert(lab.description.aws);
    aws = lab.description.aws;
    const common = { region: aws.region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    cloudwatch = new CloudWatchClient({ ...common, endpoint: aws.endpoints.cloudwatch });
    sqs = new SQSClient({ ...common, endpoint: aws.endpoints.sqs });
  });
  after(async () => {
    cloudwatch.destroy();
    sqs.destroy();
    await lab.close();
  });

  const stateOf = async (name: string): Promise<StateValue | undefined> => {
    const AlarmTypes = ['MetricAlarm' as const, 'CompositeAlarm' as const];
    const found = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes }));
    return (found.MetricAlarms?.[0] ?? found.CompositeAlarms?.[0])?.StateValue;
  };
  const reaches = (name: string, state: StateValue) =>
    until(`${name} is ${state}`, async () => (await stateOf(name)) === state, { seconds: 180, everyMs: 500 });

  it('begins quiet: releases in every state, alarms of every kind', async () => {
    await reaches(alarmName, 'OK');
    await reaches('sock-shop-customers-affected', 'OK');
    await reaches('sock-shop-front-end-cpu-per-pod', 'OK');
    assert.equal(await stateOf('payments-queue-depth'), 'INSUFFICIENT_DATA');
    const statuses = await lab.kubectl('get', 'secrets', '-A', '-l', 'owner=helm', '-o', 'jsonpath={..labels.status}');
    for (const status of ['deployed', 'superseded', 'failed', 'pending-upgrade'])
      assert.match(statuses, RegExp(status));
  });

  it('answers for containers: they say something, and run commands that do no harm', async () => {
    const inShop = (...args: string[]) => lab.kubectl('-n', 'sock-shop', ...args);
    await until('front-end says something', async () =>
      (await inShop('logs', 'deploy/front-end')).includes('GET /catalogue'),
    );
    assert.match(await inShop('logs', 'deploy/front-end', '--previous'), /heap out of memory/);
    assert.equal(await inShop('exec', 'deploy/carts', '--', 'sh', '-c', 'echo hello'), 'hello\n');
    await assert.rejects(inShop('exec', 'deploy/carts', '--', 'sh', '-c', 'echo x > file'), /restricted/);
    await assert.rejects(inShop('exec', 'deploy/carts', '--', 'rm', 'file'), /not found/);
  });

  it('has pods older than the Secret that they mount', async () => {
    const created = 'jsonpath={.items[*].metadata.creationTimestamp}';
    const pods = await lab.kubectl('get', 'pods', '-n', 'sock-shop', '-l', 'name in (user, catalogue)', '-o', created);
    const secret = await lab.kubectl('get', 'secret', '-n', 'sock-shop', 'database-credentials', '-o', secretCreated);
    for (const pod of pods.split(' ')) assert(pod < secret, `${pod} < ${secret}`);
  });

  it('goes from stress to alarm, and from more replicas to recovery', async () => {
    await lab.stress(true);
    await reaches(alarmName, 'ALARM');
    await reaches('sock-shop-customers-affected', 'ALARM');
    await hpaStandsAt(lab, { replicas: 4, limited: true });
    assert.deepEqual([...(await noticesOf(sqs, aws.queueUrl, alarmName, 'ALARM'))].sort(), ['eventbridge', 'sns']);

    await lab.kubectl(
      ...['patch', 'hpa', 'front-end', '-n', 'sock-shop', '--type=merge', '-p', '{"spec":{"maxReplicas":20}}'],
    );
    await reaches(alarmName, 'OK');
    await hpaStandsAt(lab, { replicas: 16, limited: false });
    const { AlarmHistoryItems = [] } = await cloudwatch.send(
      new DescribeAlarmHistoryCommand({ AlarmName: alarmName, HistoryItemType: 'StateUpdate' }),
    );
    assert.match(AlarmHistoryItems[0]?.HistorySummary ?? '', /ALARM to OK/);

    await lab.stress(false);
    await hpaStandsAt(lab, { replicas: 2, limited: false });
  });
});

const secretCreated = 'jsonpath={.metadata.creationTimestamp}';

const Hpa = v.object({
  status: v.object({
    currentReplicas: v.number(),
    conditions: v.array(v.object({ type: v.string(), status: v.string(), reason: v.string() })),
  }),
});

async function hpaStandsAt(lab: Lab, { replicas, limited }: { replicas: number; limited: boolean }): Promise<void> {
  const what = `${replicas} replicas, ${limited ? 'stuck at the maximum' : 'not stuck'}`;
  await until(
    what,
    async () => {
      const text = await lab.kubectl('get', 'hpa', 'front-end', '-n', 'sock-shop', '-o', 'json');
      const { status } = v.parse(Hpa, JSON.parse(text));
      const stuck = status.conditions.some(({ reason, status: is }) => reason === 'TooManyReplicas' && is === 'True');
      return status.currentReplicas === replicas && stuck === limited;
    },
    { seconds: 180, everyMs: 1000 },
  );
}

const Wrapped = v.object({ Type: v.literal('Notification'), Message: v.string() });
const SnsNotice = v.object({ AlarmName: v.string(), NewStateValue: v.string() });
const Event = v.object({
  'detail-type': v.literal('CloudWatch Alarm State Change'),
  detail: v.object({ alarmName: v.string(), state: v.object({ value: v.string() }) }),
});

/** Reads the queue until both ways have told of the alarm. @returns the ways. */
async function noticesOf(sqs: SQSClient, QueueUrl: string, name: string, state: string): Promise<Set<string>> {
  const ways = new Set<string>();
  await until('the notice from SNS and EventBridge', async () => {
    const receive = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 2 });
    for (const { Body = '', ReceiptHandle } of (await sqs.send(receive)).Messages ?? []) {
      const way = wayOf(Body, name, state);
      if (way !== undefined) ways.add(way);
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
    return ways.size === 2;
  });
  return ways;
}

function wayOf(body: string, name: string, state: string): string | undefined {
  const json: unknown = JSON.parse(body);
  const wrapped = v.safeParse(Wrapped, json);
  if (wrapped.success) {
    const notice = v.parse(SnsNotice, JSON.parse(wrapped.output.Message));
    return notice.AlarmName === name && notice.NewStateValue === state ? 'sns' : undefined;
  }
  const { detail } = v.parse(Event, json);
  return detail.alarmName === name && detail.state.value === state ? 'eventbridge' : undefined;
}
