import { createAlarmSource } from '../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { type DisposableStore, disposable } from '../../../src/core/disposable.ts';
import { errorOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { AlarmState, AwsScope } from '../../../src/domain/alarms/model.ts';
import { FakeClock } from '../fake-clock.ts';
import { awsHome } from './home.ts';
import { type Script, startScriptedAws } from './scripted-aws.ts';

/** DescribeAlarms with one alarm in the state. */
export const alarmIn =
  (StateValue: AlarmState): Script =>
  () => ({
    body: {
      MetricAlarms: [
        {
          AlarmName: 'cpu',
          AlarmArn: 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:cpu',
          StateValue,
          StateUpdatedTimestamp: 1_700_000_000,
        },
      ],
    },
  });

export const oneAlarm = alarmIn('OK');

/** An alarm source over scripted services and a clock that stands still; everything ends with `owned`. */
export async function scriptedSource(owned: DisposableStore, scopes: readonly Partial<AwsScope>[] = []) {
  const clock = new FakeClock();
  const aws = await startScriptedAws();
  owned.add(disposable(() => void aws.close()));
  aws.on('DescribeAlarms', oneAlarm);
  const home = awsHome();
  owned.add(disposable(() => home.remove()));
  home.profile({ cloudwatch: aws.url, sts: aws.url });
  const sessions = owned.add(new AwsSessions({ env: home.env, clock }));
  const source = owned.add(
    createAlarmSource({
      sessions,
      scopes: () => scopes,
      pollSeconds: () => 30,
      env: home.env,
      clock,
      log: silentLogger,
    }),
  );
  const alarms = () => source.scopes[0]?.alarms ?? { state: 'loading' as const };
  const error = () => errorOf(alarms());
  const describes = () => aws.calls.filter((call) => call === 'DescribeAlarms').length;
  return { clock, aws, home, source, alarms, error, describes };
}
