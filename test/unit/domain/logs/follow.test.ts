import assert from 'node:assert/strict';
import { type ErrorCode, JarvisError } from '../../../../src/core/errors.ts';
import type { ObjectRef } from '../../../../src/domain/kubernetes/object-ref.ts';
import type { OwnerReference, Pod } from '../../../../src/domain/kubernetes/model.ts';
import { keptLines } from '../../../../src/domain/logs/buffer.ts';
import { LogFollow, type LogOptions } from '../../../../src/domain/logs/follow.ts';
import { aContainer, aJob, aPod, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { answerFrom, said, ScriptedReader } from '../../../support/logs/scripted-reader.ts';

const ref = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
const deployment: ObjectRef = {
  cluster: ref,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'sock-shop',
  name: 'front-end',
  uid: 'uid-front-end',
};

function podOf(name: string, over: Partial<Pod> = {}): Pod {
  return aPod({
    uid: `uid-${name}`,
    name,
    labels: { 'pod-template-hash': 'abc' },
    owners: [owner('ReplicaSet', 'front-end-abc')],
    containers: [aContainer()],
    ...over,
  });
}

function owner(kind: string, name: string): OwnerReference {
  return { kind, name, uid: `uid-${name}`, controller: true };
}

function open(object: Partial<ObjectRef> = {}, options: Partial<LogOptions> = {}) {
  const clock = new FakeClock('2026-11-21T09:00:00Z');
  const cluster = new FakeCluster(ref);
  const reader = new ScriptedReader();
  cluster.logReader = reader;
  const { pods, jobs } = cluster.stores;
  const follow = new LogFollow(cluster, { ...deployment, ...object }, { previous: false, ...options }, clock);
  return {
    clock,
    cluster,
    reader,
    pods,
    jobs,
    follow,
    get texts() {
      const { buffer } = follow;
      return buffer.slice(buffer.first, buffer.end).map(({ text }) => text);
    },
    get states() {
      return follow.sources.map(({ state }) => state.kind);
    },
    /** Long enough for lines to be merged. */
    merged: () => clock.advance(500),
  };
}

const failure = (code: ErrorCode, message: string) => new JarvisError({ code, message });

describe('the logs of a workload', () => {
  it('are those of all its pods, in the order of their times, each by its source', async () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'), podOf('front-end-abc-2'), podOf('catalogue-1', { owners: [] }));
    assert.deepEqual(
      it.follow.sources.map(({ pod }) => pod),
      ['front-end-abc-1', 'front-end-abc-2'],
    );
    it.reader.of('front-end-abc-1').say(said(0, 'a'), said(20, 'c'));
    it.reader.of('front-end-abc-2').say(said(10, 'b'));
    await it.merged();
    const { buffer } = it.follow;
    assert.deepEqual(
      buffer.slice(0, 9).map(({ source, text }) => [source, text]),
      [
        [0, 'a'],
        [1, 'b'],
        [0, 'c'],
      ],
    );
  });

  it('ask the first pods for the last lines together, and who comes later for everything', async () => {
    const it = open();
    it.pods.has(...Array.from({ length: 10 }, (_, n) => podOf(`front-end-abc-${n}`)));
    assert.ok(it.reader.open.every(({ query }) => query.tailLines === 500 && query.follow));
    it.pods.change([podOf('front-end-abc-new')]);
    assert.equal(it.reader.of('front-end-abc-new').query.tailLines, keptLines);
    it.reader.of('front-end-abc-new').say(said(0, 'hello'));
    await it.clock.advance(4000); // the others have not answered yet
    assert.deepEqual(it.texts, ['hello']);
  });

  it('ask for a time, a container or the previous run where they are told to', () => {
    const containers = [aContainer({ name: 'app' }), aContainer({ name: 'proxy' })];
    const since = open({}, { sinceSeconds: 300, container: 'app' });
    since.pods.has(podOf('front-end-abc-1', { containers }));
    assert.deepEqual(
      since.reader.open.map(({ query: { container, sinceSeconds } }) => [container, sinceSeconds]),
      [['app', 300]],
    );
    const previous = open({}, { previous: true });
    previous.pods.has(podOf('front-end-abc-1', { containers }));
    assert.ok(previous.reader.open.every(({ query }) => query.previous && !query.follow));
    assert.equal(previous.reader.open.length, 2);
  });

  it('keep the lines of pods that go, and follow those that replace them', async () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'));
    it.reader.of('front-end-abc-1').say(said(0, 'old'));
    it.pods.has(podOf('front-end-def-1', { owners: [owner('ReplicaSet', 'front-end-abc')] }));
    it.reader.of('front-end-abc-1').end();
    it.reader.of('front-end-def-1').say(said(500, 'new'));
    await it.merged();
    assert.deepEqual(
      [it.texts, it.states],
      [
        ['old', 'new'],
        ['gone', 'live'],
      ],
    );
  });

  it('are read from no more than fifty containers, the newest first', async () => {
    const it = open();
    const pods = Array.from({ length: 53 }, (_, n) => podOf(`front-end-abc-${n}`, { createdAt: n }));
    it.pods.has(...pods);
    assert.deepEqual([it.reader.open.length, it.follow.leftOut], [50, 3]);
    assert.equal(it.follow.sources[0]?.pod, 'front-end-abc-3');
    it.reader.of('front-end-abc-10').fail(failure('kube.notFound', 'gone'));
    await it.clock.advance(0);
    it.pods.change([]);
    assert.deepEqual([it.reader.open.length, it.follow.leftOut], [50, 2]);
  });

  it('of a CronJob are those of its jobs’ pods', () => {
    const it = open({ kind: 'CronJob', name: 'report', resource: 'cronjobs', group: 'batch' });
    const ofJob = (job: string) => podOf(`${job}-x`, { labels: {}, owners: [owner('Job', job)] });
    it.pods.has(ofJob('report-1'), ofJob('report-2'), ofJob('other-1'));
    assert.equal(it.follow.isKnown, false);
    const job = (name: string, cronJob: string) =>
      aJob({ uid: `uid-${name}`, name, owners: [owner('CronJob', cronJob)] });
    it.jobs.has(job('report-1', 'report'), job('other-1', 'other'));
    assert.deepEqual(
      it.follow.sources.map(({ pod }) => pod),
      ['report-1-x'],
    );
    it.jobs.change([job('report-2', 'report')]);
    assert.deepEqual(
      it.follow.sources.map(({ pod }) => pod),
      ['report-1-x', 'report-2-x'],
    );
  });

  it('say why none of them can be read, with a way out', async () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'), podOf('front-end-abc-2'));
    it.reader.of('front-end-abc-1').fail(failure('kube.forbidden', 'may not'));
    await it.clock.advance(0);
    const error = () => it.follow.error;
    assert.equal(error(), undefined);
    it.reader.of('front-end-abc-2').fail(failure('kube.forbidden', 'may not'));
    await it.clock.advance(0);
    assert.equal(error()?.message, 'may not');
    assert.deepEqual(error()?.remedies, [{ kind: 'retry' }]);
  });

  it('say why the pods are not known', () => {
    const it = open();
    assert.equal(it.follow.isKnown, false);
    it.pods.becomes({ state: 'failed', error: failure('kube.forbidden', 'may not list') });
    assert.deepEqual([it.follow.isKnown, it.follow.error?.message], [false, 'may not list']);
  });
});

describe('a log that nobody reads for a while', () => {
  for (const [why, stop, goOn] of [
    ['paused', (follow: LogFollow) => follow.pause(), (follow: LogFollow) => follow.resume()],
    ['hidden', (follow: LogFollow) => follow.setVisible(false), (follow: LogFollow) => follow.setVisible(true)],
  ] as const)
    it(`because it is ${why} asks for nothing, and then goes on without a gap or a double`, async () => {
      const it = open();
      const log = Array.from({ length: 20 }, (_, n) => said(n * 300, `line ${n}`));
      it.pods.has(podOf('front-end-abc-1'));
      it.reader.of('front-end-abc-1').say(...log.slice(0, 7));
      stop(it.follow);
      await it.merged();
      assert.deepEqual([it.reader.open.length, it.cluster.leases, it.clock.pending], [0, 0, 0]);
      it.pods.has(podOf('front-end-abc-1'), podOf('front-end-abc-2'));
      assert.equal(it.follow.sources.length, 1);
      goOn(it.follow);
      const again = it.reader.of('front-end-abc-1');
      again.say(...answerFrom(log, again.query));
      it.reader.of('front-end-abc-2').say(said(10_000, 'came meanwhile'));
      await it.merged();
      assert.deepEqual(it.texts, [...log.map((line) => line.slice(31)), 'came meanwhile']);
      assert.equal(it.cluster.leases, 1);
    });

  it('stays paused when it is seen again', () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'));
    it.follow.pause();
    it.follow.setVisible(false);
    it.follow.setVisible(true);
    assert.deepEqual([it.reader.open.length, it.follow.isPaused], [0, true]);
    it.follow.resume();
    assert.equal(it.reader.open.length, 1);
  });

  it('does not lose a container for which its pod is not known yet when it goes on', async () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'));
    it.reader.of('front-end-abc-1').say(said(0, 'a'));
    it.follow.setVisible(false);
    it.pods.becomes({ state: 'loading' });
    it.follow.setVisible(true);
    it.reader.of('front-end-abc-1').end();
    await it.clock.advance(500);
    assert.equal(it.reader.open.length, 1);
    assert.equal(it.follow.isKnown, true);
  });

  it('tries again what was forbidden', async () => {
    const it = open();
    it.pods.has(podOf('front-end-abc-1'));
    it.reader.of('front-end-abc-1').fail(failure('kube.forbidden', 'may not'));
    await it.clock.advance(0);
    it.follow.pause();
    it.follow.resume();
    it.reader.of('front-end-abc-1').say(said(0, 'now'));
    assert.deepEqual(it.states, ['live']);
  });
});

describe('a long log', () => {
  it('keeps its newest lines and says how many it dropped', async () => {
    const it = open({ kind: 'Pod', name: 'front-end-abc-1' });
    it.pods.has(podOf('front-end-abc-1'));
    const answer = it.reader.of('front-end-abc-1');
    for (let second = 0; second < 120; second++) {
      answer.say(...Array.from({ length: 1000 }, (_, n) => said(second * 1000 + n, `line ${second} ${n}`)));
      await it.clock.advance(100);
    }
    const { buffer } = it.follow;
    assert.deepEqual([buffer.end - buffer.first, buffer.dropped], [keptLines, 120_000 - keptLines]);
    assert.equal(buffer.at(buffer.end - 1)?.text, 'line 119 999');
  });

  it('of many pods does not pile up while one of them does not answer', () => {
    const it = open({}, { sinceSeconds: 86_400 });
    it.pods.has(podOf('front-end-abc-1'), podOf('front-end-abc-2'));
    const answer = it.reader.of('front-end-abc-1');
    for (let second = 0; second < 120; second++)
      answer.say(...Array.from({ length: 1000 }, (_, n) => said(second * 1000 + n, 'x')));
    assert.ok(it.follow.buffer.end > 70_000, 'lines are handed on though nobody waited for the other pod');
    assert.ok(it.follow.buffer.end - it.follow.buffer.first <= keptLines);
  });

  it('is bounded in bytes however long its lines are', async () => {
    const it = open({ kind: 'Pod', name: 'front-end-abc-1' });
    it.pods.has(podOf('front-end-abc-1'));
    const answer = it.reader.of('front-end-abc-1');
    for (let second = 0; second < 20; second++) {
      answer.say(...Array.from({ length: 500 }, (_, n) => said(second * 1000 + n, 'x'.repeat(8192))));
      await it.clock.advance(100);
    }
    const { buffer } = it.follow;
    const characters = buffer.slice(buffer.first, buffer.end).reduce((sum, { text }) => sum + text.length, 0);
    assert.ok(characters > 19_000_000 && characters <= 20_000_000, `${characters}`);
  });
});

it('a log that is closed leaves nothing behind', async () => {
  const it = open();
  it.pods.has(podOf('front-end-abc-1'));
  it.reader.of('front-end-abc-1').say(said(0, 'a'));
  it.follow.dispose();
  await it.clock.advance(0);
  assert.deepEqual([it.reader.open.length, it.cluster.leases, it.clock.pending], [0, 0, 0]);
});
