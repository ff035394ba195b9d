import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { accountId, region } from './ministack.ts';
import { credentials } from './profile.ts';

const name = 'jarvis-alarms';
const queueArn = `arn:aws:sqs:${region}:${accountId}:${name}`;

export interface Notifications {
  readonly topicArn: string;
  /** The queue's path on its endpoint: `/<account>/<name>`. */
  readonly queuePath: string;
}

/** The topic of the alarms, and the queue that hears of them twice, as some teams have it: from SNS and EventBridge. */
export async function createNotifications(endpoint: string): Promise<Notifications> {
  const common = { endpoint, region, credentials };
  const [sns, sqs, events] = [new SNSClient(common), new SQSClient(common), new EventBridgeClient(common)];
  try {
    const [topic, queue] = await Promise.all([
      sns.send(new CreateTopicCommand({ Name: name })),
      sqs.send(new CreateQueueCommand({ QueueName: name })),
    ]);
    const topicArn = topic.TopicArn ?? '';
    await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn }));
    const pattern = { source: ['aws.cloudwatch'], 'detail-type': ['CloudWatch Alarm State Change'] };
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern), State: 'ENABLED' }));
    await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'queue', Arn: queueArn }] }));
    return { topicArn, queuePath: new URL(queue.QueueUrl ?? '').pathname };
  } finally {
    for (const client of [sns, sqs, events]) client.destroy();
  }
}
