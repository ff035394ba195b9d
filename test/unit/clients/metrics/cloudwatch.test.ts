import assert from 'node:assert/strict';
import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { createAlarmSource } from '../../../../src/clients/aws/alarm-source.ts';
import { AwsSessions } from '../../../../src/clients/aws/sessions.ts';
import { createCloudWatchMetricSource } from '../../../../src/clients/metrics/cloudwatch.ts';
import { DisposableStore, disposable } from '../../../../src/core/disposable.ts';
import { JarvisError } from '../../../../src/core/errors.ts';
import { silentLogger } from '../../../../src/core/log.ts';
import type { ChartSubject } from '../../../../src/domain/metrics/model.ts';
import { startCloudWatch } from '../../../../src/practice/aws/cloudwatch/server.ts';
import { awsHome } from '../../../support/aws/home.ts';
import { startScriptedAws } from '../../../support/aws/scripted-aws.ts';
import { anHpa, clustersOf, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const arn = 'arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:cpu';
const ofWorkload = { ClusterName: 'prod-seoul', Namespace: 'sock-shop', PodName: 'front-end' };
const dimensions = (pairs: Record<string, string>) => Object.entries(pairs).map(([Name, Value]) => ({ Name, Value }));
const alarmSubject: ChartSubject = { kind: 'alarm', alarm: { arn, scope: 'sre' }, name: 'cpu' };
const hour = { last: 3600 };

describe('charts from CloudWatch', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());
  const { signal } = new AbortController();

  async function world() {
    const clock = new FakeClock();
    const calls: string[] = [];
    const cloudWatch = await startCloudWatch({
      clock,
      accountId: '123456789012',
      region: 'ap-northeast-2',
      actions: { publish: () => Promise.resolve(), putEvent: () => Promise.resolve() },
      observe: ({ operation }) => calls.push(operation),
    });
    owned.add(disposable(() => void cloudWatch.close()));
    const aws = await startScriptedAws();
    owned.add(disposable(() => void aws.close()));
    const home = awsHome();
    owned.add(disposable(() => home.remove()));
    home.profile({ cloudwatch: cloudWatch.url, sts: aws.url });
    const sessions = owned.add(new AwsSessions({ env: home.env, clock }));
    const options = { sessions, env: home.env, clock, log: silentLogger, scopes: () => [], pollSeconds: () => 30 };
    const alarms = owned.add(createAlarmSource(options));
    const cluster = new FakeCluster(prod);
    cluster.stores.horizontalpodautoscalers.has(anHpa({ name: 'web-hpa' }));
    const clusters = clustersOf(cluster);
    const grafanaTemplate = () => 'https://grafana/d/x?ns={namespace}&pod={pod}&from={from}&to={to}';
    const source = createCloudWatchMetricSource({ sessions, alarms, clusters, clock, grafanaTemplate });
    const admin = new CloudWatchClient({
      endpoint: cloudWatch.url,
      region: 'ap-northeast-2',
      credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    });
    owned.add(disposable(() => admin.destroy()));
    const put = (MetricName: string, on: Record<string, string>, Value: number, minutesAgo: number) =>
      admin.send(
        new PutMetricDataCommand({
          Namespace: 'ContainerInsights',
          MetricData: [
            {
              MetricName,
              Dimensions: dimensions(on),
              Value,
              Unit: 'Percent',
              Timestamp: new Date(clock.now() - minutesAgo * 60_000),
            },
          ],
        }),
      );
    const alarm = {
      AlarmName: 'cpu',
      EvaluationPeriods: 1,
      Threshold: 60,
      ComparisonOperator: 'GreaterThanThreshold',
    } as const;
    const putAlarm = () =>
      admin.send(
        new PutMetricAlarmCommand({
          ...alarm,
          Namespace: 'ContainerInsights',
          MetricName: 'pod_cpu_utilization',
          Dimensions: dimensions(ofWorkload),
          Statistic: 'Average',
          Period: 60,
        }),
      );
    return { clock, calls, source, alarms, admin, alarm, put, putAlarm };
  }

  it("draw an alarm's metric with gaps, its threshold, its states and links", async () => {
    const { clock, source, alarms, admin, put, putAlarm } = await world();
    await putAlarm();
    await put('pod_cpu_utilization', ofWorkload, 40, 10);
    await put('pod_cpu_utilization', ofWorkload, 92, 8);
    await admin.send(new SetAlarmStateCommand({ AlarmName: 'cpu', StateValue: 'ALARM', StateReason: 'test' }));
    await clock.advance(60_000);
    await alarms.refresh();
    const data = await source.query(alarmSubject, hour, signal);
    const [line, threshold] = data.series;
    assert.equal(line?.label, 'CPU (Average)');
    assert.equal(line.unit, 'percent');
    const first = line.values.indexOf(40);
    assert.deepEqual(line.values.slice(first, first + 3), [40, null, 92]);
    assert.deepEqual(threshold?.values, [60, 60]);
    assert.equal(data.bands.at(-1)?.state, 'ALARM');
    assert.equal(data.source, 'CloudWatch, 123456789012 ap-northeast-2');
    assert.equal(data.stepSeconds, 60);
    assert.match(data.links[0]?.url ?? '', /console\.aws\.amazon\.com/);
    assert.match(data.links[1]?.url ?? '', /ns=sock-shop&pod=front-end/);
  });

  it('ask once for all lines', async () => {
    const { calls, source, alarms, putAlarm, put } = await world();
    await putAlarm();
    await alarms.refresh();
    await put('pod_cpu_utilization', ofWorkload, 50, 5);
    await put('pod_memory_utilization', ofWorkload, 20, 5);
    const deployment: ChartSubject = {
      kind: 'deployment',
      cluster: prod,
      namespace: 'sock-shop',
      name: 'front-end',
      uid: 'd',
    };
    const data = await source.query(deployment, hour, signal);
    assert.deepEqual(
      data.series.map(({ label }) => label),
      ['CPU (of node)', 'Memory (of node)'],
    );
    assert.equal(calls.filter((call) => call === 'GetMetricData').length, 1);
  });

  it('follow an HPA to what it scales', async () => {
    const { source, alarms, putAlarm, put } = await world();
    await putAlarm();
    await alarms.refresh();
    await put('pod_cpu_utilization', ofWorkload, 50, 5);
    const hpa: ChartSubject = { kind: 'hpa', cluster: prod, namespace: 'sock-shop', name: 'web-hpa', uid: 'h' };
    assert.equal((await source.query(hpa, hour, signal)).title, 'front-end');
  });

  it('find a pod and a node by what is known of them', async () => {
    const { source, alarms, putAlarm, put } = await world();
    await putAlarm();
    await alarms.refresh();
    await put('pod_cpu_utilization', { ...ofWorkload, FullPodName: 'front-end-1' }, 33, 5);
    await put('node_cpu_utilization', { ClusterName: 'prod-seoul', NodeName: 'n1', InstanceId: 'i-1' }, 44, 5);
    const pod: ChartSubject = { kind: 'pod', cluster: prod, namespace: 'sock-shop', name: 'front-end-1', uid: 'p' };
    const node: ChartSubject = { kind: 'node', cluster: prod, name: 'n1', uid: 'n' };
    for (const [subject, value] of [
      [pod, 33],
      [node, 44],
    ] as const) {
      const data = await source.query(subject, hour, signal);
      assert.deepEqual(
        data.series[0]?.values.filter((point) => point !== null),
        [value],
        subject.kind,
      );
    }
  });

  it('draw what math alarms return, and nothing else', async () => {
    const { source, alarms, admin, alarm, put } = await world();
    const MetricStat = {
      Metric: { Namespace: 'ContainerInsights', MetricName: 'pod_cpu_utilization', Dimensions: dimensions(ofWorkload) },
      Period: 60,
      Stat: 'Average',
    };
    await admin.send(
      new PutMetricAlarmCommand({
        ...alarm,
        Metrics: [
          { Id: 'half', Expression: 'cpu / 2', Label: 'Half', ReturnData: true },
          { Id: 'cpu', MetricStat, ReturnData: false },
        ],
      }),
    );
    await put('pod_cpu_utilization', ofWorkload, 50, 5);
    await alarms.refresh();
    const data = await source.query(alarmSubject, hour, signal);
    assert.deepEqual(
      data.series.map(({ label, values }) => [label, values.filter((value) => value !== null && value < 60)]),
      [
        ['Half', [25]],
        ['Threshold', []],
      ],
    );
  });

  it('say what they cannot show', async () => {
    const { source, alarms, putAlarm } = await world();
    await putAlarm();
    await alarms.refresh();
    const { notes, from } = await source.query(alarmSubject, { last: 500 * 86_400 }, signal);
    assert.deepEqual(notes, ['CloudWatch keeps no data older than 455 days.', 'CloudWatch has no data in this time.']);
    assert.ok(from > Date.parse('2025-08-01'));
  });

  it('cover only what some scope knows', async () => {
    const { source, alarms, putAlarm } = await world();
    const node: ChartSubject = { kind: 'node', cluster: prod, name: 'n1', uid: 'n' };
    assert.equal(source.covers(node), false);
    await putAlarm();
    await alarms.refresh();
    assert.equal(source.covers(node), true);
    assert.equal(source.covers({ ...node, cluster: { ...prod, context: 'other', cluster: 'other' } }), false);
    const eks = 'arn:aws:eks:ap-northeast-2:123456789012:cluster/other';
    assert.equal(source.covers({ ...node, cluster: { ...prod, context: 'x', cluster: eks } }), true);
    assert.equal(source.covers({ ...alarmSubject, alarm: { arn, scope: 'gone' } }), false);
  });

  it('tell an alarm that is gone', async () => {
    const { source } = await world();
    await assert.rejects(
      source.query(alarmSubject, hour, signal),
      (error) => error instanceof JarvisError && error.code === 'aws.alarmMissing',
    );
  });
});
