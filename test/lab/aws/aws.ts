import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { AwsDescription } from '../description.ts';
import { FaultProxy } from '../faults/proxy.ts';
import type { Supervisor } from '../process/supervisor.ts';
import { createAlarms } from './alarms.ts';
import { startLabCloudWatch } from './cloudwatch.ts';
import { accountId, region, startMinistack } from './ministack.ts';
import { credentials, writeProfile } from './profile.ts';
import { createNotifications } from './setup.ts';
import { startWafv2 } from './wafv2.ts';

/** The lab's account: ministack, its WAFv2 amended, and our CloudWatch, each behind a fault proxy. */
export interface LabAws {
  readonly description: AwsDescription;
  readonly proxies: Readonly<Record<'cloudwatch' | 'sqs' | 'wafv2' | 'aws', FaultProxy>>;
  /** Straight to CloudWatch, past the proxy. */
  readonly cloudwatch: CloudWatchClient;
  close(): Promise<void>;
}

export async function startAws(pythonPath: string, supervisor: Supervisor): Promise<LabAws> {
  const ministack = await startMinistack(pythonPath, supervisor);
  const { topicArn, queuePath } = await createNotifications(ministack);
  const wafv2 = await startWafv2(ministack);
  const server = await startLabCloudWatch({
    accountId,
    region,
    snsEndpoint: ministack,
    eventbridgeEndpoint: ministack,
  });
  const cloudwatch = new CloudWatchClient({ endpoint: server.url, region, credentials });
  await createAlarms(cloudwatch, topicArn);
  const proxies = {
    cloudwatch: await FaultProxy.start({ target: server.url, dialect: 'aws' }),
    sqs: await FaultProxy.start({ target: ministack, dialect: 'aws' }),
    aws: await FaultProxy.start({ target: ministack, dialect: 'aws' }),
    wafv2: await FaultProxy.start({ target: wafv2.url, dialect: 'aws' }),
  };
  const others = proxies.aws.url;
  const endpoints = {
    cloudwatch: proxies.cloudwatch.url,
    sns: others,
    sqs: proxies.sqs.url,
    eventbridge: others,
    lambda: others,
    wafv2: proxies.wafv2.url,
    sts: others,
    iam: others,
    elbv2: others,
  };
  const description = await writeProfile(supervisor.folder, endpoints, `${proxies.sqs.url}${queuePath}`);
  return {
    description,
    proxies,
    cloudwatch,
    async close() {
      await Promise.all(Object.values(proxies).map((proxy) => proxy.close()));
      cloudwatch.destroy();
      await server.close();
      await wafv2.close();
    },
  };
}
