import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { Emitter } from '../../../../src/core/event.ts';
import { failed } from '../../../../src/core/loadable.ts';
import type { Alarm } from '../../../../src/domain/alarms/model.ts';
import type { AlarmSource } from '../../../../src/domain/alarms/source.ts';
import type { Pod } from '../../../../src/domain/kubernetes/model.ts';
import { restartedAt } from '../../../../src/domain/kubernetes/restarted-at.ts';
import type { ExpectationCheck, Observation } from '../../../../src/domain/remediation/expectation.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { targetGuard } from '../../../../src/domain/remediation/target-guard.ts';
import { worldObserver } from '../../../../src/domain/remediation/world-observer.ts';
import {
  aConfiguration,
  aContainer,
  aDeployment,
  anHpa,
  aPod,
  aReplicaSet,
  clustersOf,
  FakeCluster,
} from '../../../support/builders/kubernetes.ts';
import { aTarget, prod } from '../../../support/builders/remediation.ts';
import { aLoadBalancer, aWebAcl, FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

function object(maxReplicas: number, uid = 'uid-front-end'): JsonObject {
  return { metadata: { uid }, spec: { maxReplicas } };
}

const cpu = (current: number) => [
  { type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current } as const,
];

function aWorld(check: ExpectationCheck, target = aTarget()) {
  const clock = new FakeClock();
  const cluster = new FakeCluster(prod);
  const { horizontalpodautoscalers: hpas, deployments } = cluster.stores;
  const server: { object: JsonObject | Error; alarm: Alarm['state'] | Error | undefined } = {
    object: object(4),
    alarm: 'ALARM',
  };
  const answer = <T>(value: T | Error): Promise<T> =>
    value instanceof Error ? Promise.reject(value) : Promise.resolve(value);
  const inspector = { read: () => answer(server.object), dryRun: () => answer(server.object) };
  const alarms: AlarmSource = {
    scopes: [],
    onDidChange: new Emitter<ReadonlySet<string>>().event,
    onDidTransition: new Emitter<never>().event,
    refresh: () => Promise.resolve(),
    history: () => Promise.resolve([]),
    describe: () => answer(server.alarm).then((state) => state && ({ state } as Alarm)),
    setVisible: () => undefined,
  };
  const [waf, prober] = [new FakeWaf(), new FakeProber()];
  const seen: Observation[] = [];
  const stop = new AbortController();
  const observer = worldObserver({
    clusters: clustersOf(cluster),
    inspector,
    alarms,
    waf,
    prober,
    clock,
  });
  const expectation = { id: 'x', role: 'change', label: '', withinMs: 1_000, check } as const;
  const ended = observer.observe(expectation, target, (observation) => seen.push(observation), stop.signal);
  const last = async () => {
    await clock.advance(0);
    const { met, seen: text } = seen.at(-1) ?? assert.fail('nothing was reported');
    return `${met ? 'met' : 'not met'}: ${text}`;
  };
  return { clock, cluster, hpas, deployments, server, waf, prober, last, end: () => (stop.abort(), ended) };
}

describe('the observer', () => {
  it('sees the Web ACL that WAF has, and never one that was deleted meanwhile', async () => {
    const deny = aWebAcl('deny-waf');
    const world = aWorld({ kind: 'webAcl', loadBalancer: aLoadBalancer(), arn: deny.arn });
    assert.equal(await world.last(), 'not met: allow-waf');
    world.waf.acls = [];
    world.waf.before = undefined;
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'not met: no Web ACL');
    world.waf.before = deny;
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'met: deny-waf');
    await world.end();
  });

  it('sees what visitors get, and says why nobody answers', async () => {
    const entrance = { url: 'http://shop.example.com/', address: '203.0.113.7' };
    const world = aWorld({ kind: 'entrance', entrance, is: 'blocked', blocked: { status: 403 } });
    assert.equal(await world.last(), 'not met: 200 after 7 ms');
    world.prober.answer = () => new JarvisError({ code: 'probe.timeout', message: 'It hangs.' });
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'not met: It hangs.');
    world.prober.answer = () => ({ status: 403 });
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'met: 403 after 7 ms');
    await world.end();
  });

  describe('of a field', () => {
    const check: ExpectationCheck = { kind: 'field', path: 'spec.maxReplicas', equals: 10 };

    it('looks when the watch tells of a change, and lets the watch go at the end', async () => {
      const { hpas, server, last, cluster, end } = aWorld(check);
      hpas.has(anHpa());
      assert.equal(await last(), 'not met: 4');
      server.object = object(10);
      hpas.has(anHpa({ resourceVersion: '101' }));
      assert.equal(await last(), 'met: 10');
      await end();
      assert.equal(cluster.leases, 0);
    });

    it('is not met by another object of the same name', async () => {
      const { hpas, server, last, end } = aWorld(check);
      server.object = object(10, 'another-uid');
      hpas.has(anHpa());
      assert.match(await last(), /not met: front-end was made anew/);
      await end();
    });

    it('says that the object was deleted, that it cannot look, and looks again after', async () => {
      const { hpas, server, last, end } = aWorld(check);
      hpas.has();
      assert.equal(await last(), 'not met: front-end was deleted');
      const offline = new JarvisError({ code: 'kube.unreachable', message: 'the server is away' });
      hpas.becomes(failed(hpas.objects, offline, 0));
      assert.equal(await last(), 'not met: the server is away');
      server.object = offline;
      hpas.has(anHpa());
      assert.equal(await last(), 'not met: the server is away');
      server.object = object(10);
      hpas.has(anHpa({ resourceVersion: '102' }));
      assert.equal(await last(), 'met: 10');
      await end();
    });
  });

  describe('of replicas', () => {
    it('wants them ready, not only wished for', async () => {
      const { hpas, deployments, last, end } = aWorld({ kind: 'replicasReady', atLeast: 10 });
      deployments.has(aDeployment({ ready: 4 }));
      hpas.has(anHpa({ maxReplicas: 10, desiredReplicas: 10 }));
      assert.equal(await last(), 'not met: 4 of 10 ready');
      deployments.has(aDeployment({ ready: 10 }));
      assert.equal(await last(), 'met: 10 of 10 ready');
      await end();
    });

    it('is content with fewer when the load has gone', async () => {
      const { hpas, deployments, last, end } = aWorld({ kind: 'replicasReady', atLeast: 10 });
      deployments.has(aDeployment({ ready: 4 }));
      hpas.has(anHpa({ desiredReplicas: 4, metrics: cpu(40) }));
      assert.match(await last(), /^met/);
      await end();
    });
  });

  it('of a metric waits until it is at most what was promised', async () => {
    const { hpas, last, end } = aWorld({ kind: 'utilization', metric: 'cpu', atMost: 55 });
    hpas.has(anHpa({ metrics: [] }));
    assert.equal(await last(), 'not met: no value yet');
    hpas.has(anHpa({ metrics: cpu(56) }));
    assert.equal(await last(), 'not met: 56 %');
    hpas.has(anHpa({ metrics: cpu(55) }));
    assert.equal(await last(), 'met: 55 %');
    await end();
  });

  it('of an alarm asks CloudWatch itself, again after trouble, and knows that deleted is not OK', async () => {
    const { server, clock, last, end } = aWorld({ kind: 'alarmOk', alarm: { arn: 'arn', scope: 'prod' } });
    assert.equal(await last(), 'not met: ALARM');
    server.alarm = new JarvisError({ code: 'aws.throttled', message: 'slow down' });
    await clock.advance(5_000);
    assert.equal(await last(), 'not met: slow down');
    server.alarm = undefined;
    await clock.advance(5_000);
    assert.match(await last(), /not met: the alarm was deleted/);
    server.alarm = 'OK';
    await clock.advance(5_000);
    assert.equal(await last(), 'met: OK');
    await end();
    assert.equal(clock.pending, 0);
  });
});

describe('the guard of a target', () => {
  const { signal } = new AbortController();
  const answering = (read: () => Promise<JsonObject>) => {
    const cluster = new FakeCluster(prod);
    return { cluster, guard: targetGuard({ read, dryRun: read }, clustersOf(cluster)) };
  };
  const guard = (now: JsonObject) => answering(() => Promise.resolve(now)).guard;
  const fields = [{ path: 'spec.maxReplicas', value: 4 }];

  it('lets the same object with the same fields pass', () =>
    guard(object(4)).assertUnchanged(aTarget(), fields, signal));

  it('stops at another value and at another object of the same name, and says which', async () => {
    await assert.rejects(guard(object(6)).assertUnchanged(aTarget(), fields, signal), {
      code: 'remediation.changedSince',
      message: /spec\.maxReplicas of front-end is 6 now, not 4/,
    });
    await assert.rejects(guard(object(4, 'other')).assertUnchanged(aTarget(), fields, signal), {
      message: /made anew/,
    });
  });

  it('says that the object was deleted', async () => {
    const gone = new JarvisError({ code: 'kube.notFound', message: '"front-end" not found' });
    const { guard: looking } = answering(() => Promise.reject(gone));
    await assert.rejects(looking.assertUnchanged(aTarget(), fields, signal), {
      message: /front-end was deleted since/,
    });
  });

  it('follows the object by the watch until it changes, through trouble, and lets the watch go', async () => {
    const clock = new FakeClock();
    let now: JsonObject | JarvisError = object(4);
    const { cluster, guard: following } = answering(() =>
      now instanceof JarvisError ? Promise.reject(now) : Promise.resolve(now),
    );
    const { horizontalpodautoscalers: hpas } = cluster.stores;
    const why = following.untilChanged(aTarget(), fields, signal);
    const moved = (hpa = anHpa()) => {
      hpas.has(hpa);
      return clock.advance(0);
    };
    await moved();
    now = new JarvisError({ code: 'kube.unreachable', message: 'cut' });
    await moved();
    assert.equal(cluster.leases, 1);
    now = object(6);
    await moved();
    assert.match((await why)?.message ?? '', /spec\.maxReplicas of front-end is 6 now, not 4/);
    assert.equal(cluster.leases, 0);
  });

  it('stops following when nobody looks any more', async () => {
    const stop = new AbortController();
    const { cluster, guard: following } = answering(() => Promise.resolve(object(4)));
    const why = following.untilChanged(aTarget(), fields, stop.signal);
    stop.abort();
    assert.equal(await why, undefined);
    assert.equal(cluster.leases, 0);
  });

  describe('of a rollout', () => {
    const target = aTarget({ kind: 'Deployment', uid: 'uid-deployment-front-end' });
    const now = '2026-11-21T09:00:00.000Z';
    const owners = [{ kind: 'ReplicaSet', name: 'rs', uid: 'uid-replicaset-front-end', controller: true }];
    const ready = [{ type: 'Ready', status: 'True', reason: '', message: '' }];
    const podOf = (name: string, over: Partial<Pod> = {}) => aPod({ uid: name, name, owners, ...over });
    const renewed = (name: string, over: Partial<Pod> = {}) =>
      podOf(name, { annotations: { [restartedAt]: now }, conditions: ready, ...over });

    function aRollout(check: ExpectationCheck = { kind: 'rolledOut', restartedAt: now, keeps: 0 }) {
      const world = aWorld(check, target);
      const { deployments, replicasets } = world.cluster.stores;
      deployments.has(aDeployment({ wanted: 2, available: 2 }));
      replicasets.has(aReplicaSet());
      return { ...world, ...world.cluster.stores };
    }

    it('tells it pod by pod, until the new ones are ready and the old ones gone', async () => {
      const { pods, last, end, cluster } = aRollout();
      assert.equal(await last(), 'not met: its pods are not known yet');
      pods.has(podOf('a'), podOf('b'), renewed('c', { conditions: [], phase: 'Pending' }));
      assert.equal(await last(), 'not met: 0 of 2 new pods ready · c Pending · a Running is old · b Running is old');
      pods.has(renewed('c'), renewed('d', { conditions: [], reason: 'CrashLoopBackOff' }));
      assert.equal(await last(), 'not met: 1 of 2 new pods ready · d CrashLoopBackOff');
      pods.has(renewed('c'), renewed('d'), podOf('b', { deletedAt: 1, reason: 'Terminating' }));
      assert.equal(await last(), 'not met: 2 of 2 new pods ready · b Terminating is old');
      pods.has(renewed('c'), renewed('d'), podOf('stranger', { owners: [] }));
      assert.equal(await last(), 'met: 2 of 2 new pods ready');
      await end();
      assert.equal(cluster.leases, 0);
    });

    it('believes nothing before the controller has seen the template', async () => {
      const { pods, deployments, last } = aRollout();
      pods.has(renewed('c'), renewed('d'));
      deployments.has(aDeployment({ wanted: 2, available: 2, generation: 2 }));
      assert.match(await last(), /^not met/);
      deployments.has(aDeployment({ wanted: 2, available: 1 }));
      assert.match(await last(), /^not met/, 'ready, but not for minReadySeconds yet');
    });

    it('bears as many old pods as a partition keeps', async () => {
      const { pods, last } = aRollout({ kind: 'rolledOut', restartedAt: now, keeps: 1 });
      pods.has(renewed('c'), podOf('a', { conditions: ready }));
      assert.match(await last(), /^met: 1 of 1/);
    });

    it('says what a pod is still older than, and what cannot be seen', async () => {
      const use = { kind: 'Secret', name: 'licence' } as const;
      const { pods, secrets, configmaps, last } = aRollout({
        kind: 'evidenceGone',
        sources: [{ ...use, changedAt: 0 }],
        containers: [],
      });
      const written = aConfiguration({ name: 'licence' });
      const reads = { uses: [use, { kind: 'ConfigMap', name: 'other' } as const], containers: [aContainer()] };
      pods.has(podOf('a', { ...reads, startedAt: written.changedAt - 1 }));
      secrets.has(written);
      assert.equal(await last(), 'not met: its pods are not known yet');
      configmaps.has();
      assert.match(await last(), /^not met: 1 of 1 pods are older than the Secret licence/);
      secrets.becomes({ state: 'failed', error: new JarvisError({ code: 'kube.forbidden', message: 'no right' }) });
      assert.match(await last(), /^not met: .*unknown: no right/);
      secrets.has(written);
      pods.has(podOf('b', { ...reads, startedAt: written.changedAt + 1 }));
      assert.equal(await last(), 'met: none is');
    });
  });
});
