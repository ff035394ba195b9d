import { SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseAlarmMessage } from '../../src/domain/alarms/message.ts';
import type { AlarmState } from '../../src/domain/alarms/model.ts';
import { type LabAws, startAws } from '../lab/aws/aws.ts';
import { accountId, region } from '../lab/aws/ministack.ts';
import { credentials } from '../lab/aws/profile.ts';
import { alarmTopic, putSilentAlarm } from '../lab/aws/silent-alarm.ts';
import { ensureTools } from '../lab/build.ts';
import { Stack } from '../lab/process/stack.ts';
import { Supervisor } from '../lab/process/supervisor.ts';
import { type VSCode, launchVSCode } from '../support/vscode/launch.ts';
import { type Benchmark, median } from './benchmark.ts';
import { buildExtension } from './built-extension.ts';

const rounds = 9;
const AlarmName = 'bench';

/**
 * From an alarm's change to the status bar of the real VS Code: CloudWatch, SNS, SQS, Jarvis's question to CloudWatch
 * whether it is so, the workbench. The floor hears the same notice in a queue of its own.
 */
export const benchmark: Benchmark = {
  async run() {
    const owned = new Stack();
    try {
      const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-bench-'));
      await owned.add(folder, () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
      const { ministack } = await ensureTools(() => undefined);
      const supervisor = await owned.add(await Supervisor.start(() => undefined), (it) => it.close());
      const aws = await owned.add(await startAws(ministack, supervisor), (it) => it.close());
      await aws.cloudwatch.send(putSilentAlarm(AlarmName));
      const listener = await owned.add(await BareListener.start(aws), (it) => it.close());
      const vscode = await owned.add(await openJarvis(folder, aws), (it) => it.close());
      return [await measure(aws, listener, vscode)];
    } finally {
      await owned.close();
    }
  },
};

async function measure(aws: LabAws, listener: BareListener, { page }: VSCode) {
  const item = page.locator('.statusbar-item').filter({ hasText: '1 in alarm' });
  const shown: number[] = [];
  const received: number[] = [];
  await page.locator('.statusbar-item').filter({ hasText: 'without data' }).waitFor({ timeout: 60_000 });
  for (let round = 0; round < rounds; round++) {
    for (const state of ['ALARM', 'OK'] as const) {
      const began = performance.now();
      const [, heard, seen] = await Promise.all([
        setState(aws, state),
        listener.hears(state),
        item
          .waitFor({ state: state === 'ALARM' ? 'visible' : 'detached', timeout: 30_000 })
          .then(() => performance.now()),
      ]);
      received.push(heard - began);
      shown.push(seen - began);
    }
  }
  const floor = { what: 'a bare SQS client has the notice', value: median(received) };
  return { what: 'Alarm change to status bar', value: median(shown), unit: 'ms' as const, floor, limit: 2_000 };
}

async function openJarvis(folder: string, { description }: LabAws): Promise<VSCode> {
  const { profile, region, queueUrl, configFile, credentialsFile } = description;
  return launchVSCode({
    workspace: folder,
    userData: path.join(folder, 'vscode'),
    extensionPath: await buildExtension(folder),
    // so seldom asked that only the queue can be the reason
    settings: { 'jarvis.aws.scopes': [{ label: 'lab', profile, region, queueUrl }], 'jarvis.alarms.pollSeconds': 3600 },
    env: { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_PROFILE: profile },
  });
}

function setState({ cloudwatch }: LabAws, StateValue: AlarmState) {
  return cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'measured' }));
}

/** The SDK's client with long polling, and nothing else. */
class BareListener {
  readonly #sqs: SQSClient;
  readonly #queue: string;

  private constructor(sqs: SQSClient, queue: string) {
    this.#sqs = sqs;
    this.#queue = queue;
  }

  static async start({ description: { endpoints } }: LabAws): Promise<BareListener> {
    const common = { region, credentials };
    const sqs = new SQSClient({ ...common, endpoint: endpoints.sqs });
    const sns = new SNSClient({ ...common, endpoint: endpoints.sns });
    await sqs.send(new CreateQueueCommand({ QueueName: 'bench' }));
    const Endpoint = `arn:aws:sqs:${region}:${accountId}:bench`;
    await sns.send(new SubscribeCommand({ TopicArn: alarmTopic, Protocol: 'sqs', Endpoint }));
    sns.destroy();
    // as Jarvis's queue, it hears of each change twice: the first notice counts
    const events = new EventBridgeClient({ ...common, endpoint: endpoints.eventbridge });
    await events.send(new PutTargetsCommand({ Rule: 'jarvis-alarms', Targets: [{ Id: 'bench', Arn: Endpoint }] }));
    events.destroy();
    return new BareListener(sqs, `${endpoints.sqs}/${accountId}/bench`);
  }

  /** When a notice of the alarm's new state came, by `performance.now()`. */
  async hears(state: AlarmState): Promise<number> {
    for (;;) {
      const { Messages = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.#queue, WaitTimeSeconds: 20 }),
      );
      for (const { Body = '', ReceiptHandle } of Messages) {
        const at = performance.now();
        await this.#sqs.send(new DeleteMessageCommand({ QueueUrl: this.#queue, ReceiptHandle }));
        const notice = parseAlarmMessage(Body);
        if (notice?.name === AlarmName && notice.state === state) return at;
      }
    }
  }

  close(): Promise<void> {
    this.#sqs.destroy();
    return Promise.resolve();
  }
}
