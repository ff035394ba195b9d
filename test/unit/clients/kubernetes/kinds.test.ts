import assert from 'node:assert/strict';
import { horizontalpodautoscalers } from '../../../../src/clients/kubernetes/kinds/horizontalpodautoscalers.ts';
import { namespaces } from '../../../../src/clients/kubernetes/kinds/namespaces.ts';
import { pods } from '../../../../src/clients/kubernetes/kinds/pods.ts';
import { proto, protoMap } from '../../../support/protobuf.ts';

describe('a kind', () => {
  it('reads nothing but its fields, by the numbers of generated.proto', () => {
    const bytes = proto({
      1: proto({
        1: 'front-end-1',
        3: 'sock-shop',
        5: 'uid',
        6: '42',
        8: proto({ 1: 1_700_000_000 }),
        9: proto({}),
        11: protoMap({ name: 'front-end', __proto__: 'x' }),
        12: protoMap({ 'kubectl.kubernetes.io/restartedAt': 'then', other: 'x'.repeat(5000) }),
        13: [proto({ 1: 'ReplicaSet', 3: 'front-end', 4: 'rs', 5: 'apps/v1', 6: true })],
        17: [proto({ 1: 'kubelet', 7: proto({ 1: 'x'.repeat(5000) }) })],
      }),
      2: proto({
        2: [proto({ 1: 'app', 2: 'img:1', 8: proto({ 2: protoMap({ cpu: proto({ 1: '200m' }) }) }) })],
        10: 'node-a',
      }),
      3: proto({
        1: 'Running',
        8: [proto({ 1: 'app', 3: proto({ 3: proto({ 6: proto({ 1: 60 }) }) }), 4: true, 5: 3, 7: 'img@sha256:1' })],
      }),
    });
    const { object } = pods.fromProtobuf(bytes);
    assert.deepEqual(object, {
      uid: 'uid',
      name: 'front-end-1',
      namespace: 'sock-shop',
      resourceVersion: '42',
      createdAt: 1_700_000_000_000,
      labels: { name: 'front-end' },
      owners: [{ kind: 'ReplicaSet', name: 'front-end', uid: 'rs', controller: true }],
      phase: 'Running',
      reason: '',
      nodeName: 'node-a',
      containers: [
        {
          name: 'app',
          image: 'img:1',
          imageId: 'img@sha256:1',
          role: 'main',
          ready: true,
          restarts: 3,
          lastRestartAt: 60_000,
          requests: { cpu: 200 },
          state: { kind: 'unknown', reason: '', message: '' },
          lastExit: { code: 0, signal: 0, reason: '', at: 60_000 },
        },
      ],
      conditions: [],
      annotations: { 'kubectl.kubernetes.io/restartedAt': 'then' },
      uses: [],
    });
  });

  it('takes a name like __proto__ for a name', () => {
    const bytes = proto({ 1: proto({ 11: [proto({ 1: '__proto__', 2: 'mine' })] }) });
    assert.deepEqual(Object.entries(namespaces.fromProtobuf(bytes).object.labels), [['__proto__', 'mine']]);
  });

  it('takes a time that no Date can hold for none', () => {
    const { object } = namespaces.fromProtobuf(proto({ 1: proto({ 1: 'a', 8: proto({ 1: 9e15 }) }) }));
    assert.equal(object.createdAt, 0);
  });

  it('refuses bytes that reach beyond their message', () => {
    for (const bytes of [[0x0a, 0x7f], [0x0a, 0x02, 0x0a, 0x05], [0x80], [0xff, 0xff, 0xff], [0x0f]])
      assert.throws(() => namespaces.fromProtobuf(Buffer.from(bytes)), RangeError);
  });

  it('reads JSON in which Go wrote null', () => {
    const json = {
      metadata: { name: 'a', labels: null, creationTimestamp: null },
      spec: { maxReplicas: 4 },
      status: { currentMetrics: null },
    };
    const { object } = horizontalpodautoscalers.fromJson(json);
    assert.deepEqual([object.name, object.minReplicas, object.maxReplicas, object.metrics], ['a', 1, 4, []]);
  });

  it('joins each HPA metric with its measurement, whichever is left out', () => {
    const resource = (name: string, field: object) => ({ type: 'Resource', resource: { name, ...field } });
    const { object } = horizontalpodautoscalers.fromJson({
      spec: {
        metrics: [
          resource('memory', { target: { type: 'AverageValue', averageValue: '1Gi' } }),
          resource('cpu', { target: { type: 'Utilization', averageUtilization: 50 } }),
          { type: 'Pods', pods: { metric: { name: 'rps' }, target: { type: 'AverageValue', averageValue: '100' } } },
        ],
      },
      status: {
        currentMetrics: [
          resource('cpu', { current: { averageUtilization: 200, averageValue: '400m' } }),
          { type: 'Pods', pods: { metric: { name: 'rps' }, current: { averageValue: '1500m' } } },
        ],
      },
    });
    assert.deepEqual(object.metrics, [
      { type: 'Resource', name: 'memory', targetKind: 'AverageValue', target: 2 ** 30 },
      { type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current: 200 },
      { type: 'Pods', name: 'rps', targetKind: 'AverageValue', target: 100, current: 1.5 },
    ]);
  });
});

describe('the status of a pod, as kubectl shows it', () => {
  const waiting = (reason: string) => ({ state: { waiting: { reason } } });
  const ended = (exitCode: number, reason = '') => ({ state: { terminated: { exitCode, reason } } });
  const running = { ready: true, state: { running: {} } };
  const cases: readonly [string, object, string][] = [
    ['nothing special', { containerStatuses: [running] }, ''],
    ['a crash loop', { containerStatuses: [waiting('CrashLoopBackOff')] }, 'CrashLoopBackOff'],
    ['the first of two', { containerStatuses: [waiting('ErrImagePull'), waiting('CrashLoopBackOff')] }, 'ErrImagePull'],
    ['out of memory', { containerStatuses: [ended(137, 'OOMKilled')] }, 'OOMKilled'],
    ['an exit without a reason', { containerStatuses: [ended(3)] }, 'ExitCode:3'],
    ['a signal', { containerStatuses: [{ state: { terminated: { signal: 9 } } }] }, 'Signal:9'],
    ['one of two completed', { containerStatuses: [ended(0, 'Completed'), running] }, 'NotReady'],
    ['evicted', { phase: 'Failed', reason: 'Evicted' }, 'Evicted'],
    ['init under way', { initContainerStatuses: [ended(0), { state: { running: {} } }] }, 'Init:1/2'],
    ['init failing', { initContainerStatuses: [ended(1, 'Error')] }, 'Init:Error'],
    ['init crash loop', { initContainerStatuses: [waiting('CrashLoopBackOff')] }, 'Init:CrashLoopBackOff'],
  ];
  for (const [what, status, reason] of cases)
    it(what, () => {
      assert.equal(pods.fromJson({ status }).object.reason, reason);
    });

  it('terminating, whatever else', () => {
    const json = { metadata: { deletionTimestamp: '2026-11-21T09:00:00Z' }, status: { containerStatuses: [running] } };
    assert.equal(pods.fromJson(json).object.reason, 'Terminating');
  });

  it('a started sidecar does not hold up the others', () => {
    const json = {
      spec: { initContainers: [{ name: 'proxy', restartPolicy: 'Always' }, { name: 'migrate' }] },
      status: {
        initContainerStatuses: [
          { name: 'proxy', started: true, state: { running: {} } },
          { name: 'migrate', ...waiting('PodInitializing') },
        ],
      },
    };
    assert.equal(pods.fromJson(json).object.reason, 'Init:1/2');
  });
});
