import {
  EventBridgeClient,
  ListTargetsByRuleCommand,
  ListRulesCommand,
  type Rule,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Clock, systemClock } from '../../../src/core/clock.ts';
import type { AlarmActions } from '../../../src/practice/aws/cloudwatch/alarms/dispatch.ts';
import type { AlarmEvent } from '../../../src/practice/aws/cloudwatch/alarms/notices.ts';
import { type RunningCloudWatch, startCloudWatch } from '../../../src/practice/aws/cloudwatch/server.ts';

export interface LabCloudWatchOptions {
  readonly accountId: string;
  readonly region: string;
  readonly snsEndpoint: string;
  readonly eventbridgeEndpoint: string;
  /** Where queues of EventBridge targets are; the SNS endpoint unless given. */
  readonly sqsEndpoint?: string;
  readonly clock?: Clock;
}

/** Our CloudWatch with its actions wired to the lab's SNS and EventBridge. */
export async function startLabCloudWatch(options: LabCloudWatchOptions): Promise<RunningCloudWatch> {
  const { accountId, region, clock = systemClock } = options;
  const actions = new LabActions(options);
  const running = await startCloudWatch({ clock, accountId, region, actions });
  return {
    url: running.url,
    async close() {
      await running.close();
      actions.dispose();
    },
  };
}

/**
 * PutEvents refuses sources that begin with `aws.`, in ministack as in AWS: only AWS's own services may send them. So an
 * alarm event goes the rest of the way by hand: the bus's rules are listed, matched by EventBridge itself
 * (TestEventPattern), and delivered to their SQS and SNS targets. Input transformers and other kinds of targets are not
 * served: they fail, and the alarm's history says so.
 */
class LabActions implements AlarmActions {
  readonly #sns: SNSClient;
  readonly #sqs: SQSClient;
  readonly #events: EventBridgeClient;

  constructor({
    region,
    accountId,
    snsEndpoint,
    eventbridgeEndpoint,
    sqsEndpoint = snsEndpoint,
  }: LabCloudWatchOptions) {
    // the emulator takes the account from an access key of twelve digits
    const common = { region, credentials: { accessKeyId: accountId, secretAccessKey: 'lab' } };
    this.#sns = new SNSClient({ ...common, endpoint: snsEndpoint });
    this.#sqs = new SQSClient({ ...common, endpoint: sqsEndpoint });
    this.#events = new EventBridgeClient({ ...common, endpoint: eventbridgeEndpoint });
  }

  dispose(): void {
    for (const client of [this.#sns, this.#sqs, this.#events]) client.destroy();
  }

  async publish({ topicArn, subject, message }: Parameters<AlarmActions['publish']>[0]): Promise<void> {
    await this.#sns.send(new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: message }));
  }

  async putEvent(event: AlarmEvent): Promise<void> {
    const text = JSON.stringify(event);
    for await (const rule of this.#rules()) if (await this.#matches(rule, text)) await this.#deliver(rule, text);
  }

  async *#rules(): AsyncGenerator<Rule> {
    let token: string | undefined;
    do {
      const { Rules = [], NextToken } = await this.#events.send(new ListRulesCommand({ NextToken: token }));
      yield* Rules;
      token = NextToken;
    } while (token !== undefined);
  }

  async #matches({ State, EventPattern }: Rule, event: string): Promise<boolean> {
    if (State === 'DISABLED' || EventPattern === undefined) return false;
    const { Result } = await this.#events.send(new TestEventPatternCommand({ EventPattern, Event: event }));
    return Result ?? false;
  }

  async #deliver({ Name }: Rule, event: string): Promise<void> {
    const { Targets = [] } = await this.#events.send(new ListTargetsByRuleCommand({ Rule: Name }));
    for (const target of Targets) await this.#deliverTo(target, target.Input ?? event);
  }

  async #deliverTo({ Arn = '', InputTransformer, InputPath }: Target, text: string): Promise<void> {
    const [, , service, , account, name] = Arn.split(':');
    if (InputTransformer !== undefined || InputPath !== undefined)
      throw new Error(`The target ${Arn} transforms its input, which the lab does not do`);
    if (service === 'sns') {
      await this.#sns.send(new PublishCommand({ TopicArn: Arn, Message: text }));
      return;
    }
    if (service !== 'sqs') throw new Error(`The lab does not deliver events to ${Arn}`);
    const queue = await this.#sqs.send(new GetQueueUrlCommand({ QueueName: name, QueueOwnerAWSAccountId: account }));
    await this.#sqs.send(new SendMessageCommand({ QueueUrl: queue.QueueUrl, MessageBody: text }));
  }
}
