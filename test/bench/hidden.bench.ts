import { setTimeout as wait } from 'node:timers/promises';
import { createAlarmSource } from '../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../src/clients/aws/sessions.ts';
import { DisposableStore, disposable } from '../../src/core/disposable.ts';
import { silentLogger } from '../../src/core/log.ts';
import { awsHome } from '../support/aws/home.ts';
import { scriptQueue, startScriptedAws } from '../support/aws/scripted-aws.ts';
import { fastClock, until } from '../support/fast-clock.ts';
import type { Benchmark } from './benchmark.ts';

/** Ten seconds of the day are an hour of the source's clock. */
const pace = 360;
const hourMs = 3_600_000 / pace;

/** What a window that nobody looks at asks of AWS in an hour, beside the queue's long poll; the floor is a window in use. */
export const benchmark: Benchmark = {
  async run() {
    const owned = new DisposableStore();
    try {
      const { calls, source } = await alarmsWithQueue(owned);
      const asked = () => calls.filter((call) => call !== 'ReceiveMessage').length;
      const inAnHour = async () => {
        const before = asked();
        await wait(hourMs);
        return asked() - before;
      };
      source.setVisible(true);
      await until('the alarms are known', () => source.scopes[0]?.alarms.state === 'ready');
      const seen = await inAnHour();
      source.setVisible(false);
      const hidden = await inAnHour();
      const floor = { what: 'a window in use', value: seen };
      return [{ what: 'AWS calls of a hidden window, an hour', value: hidden, unit: 'requests', floor, limit: 0 }];
    } finally {
      owned.dispose();
    }
  },
};

async function alarmsWithQueue(owned: DisposableStore) {
  const clock = fastClock(pace);
  const aws = await startScriptedAws();
  owned.add(disposable(() => void aws.close()));
  aws.on('DescribeAlarms', () => ({ body: { MetricAlarms: [], CompositeAlarms: [] } }));
  const home = awsHome();
  owned.add(disposable(() => home.remove()));
  home.profile({ cloudwatch: aws.url, sts: aws.url, sqs: aws.url });
  const scope = { label: 'prod', queueUrl: scriptQueue(aws).url };
  const sessions = owned.add(new AwsSessions({ env: home.env, clock }));
  const options = { sessions, scopes: () => [scope], pollSeconds: () => 60, env: home.env, clock, log: silentLogger };
  return { calls: aws.calls, source: owned.add(createAlarmSource(options)) };
}
