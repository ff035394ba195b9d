import assert from 'node:assert/strict';
import type { Clock } from '../../../../src/core/clock.ts';
import { disposable } from '../../../../src/core/disposable.ts';
import { AttentionWatch } from '../../../../src/domain/attention/attention-watch.ts';
import { FakeCluster, aContainer, aPod } from '../../../support/builders/kubernetes.ts';
import { noon } from '../../../support/attention.ts';

/** A clock whose timers fall due one by one, as a test says. */
class TurnClock implements Clock {
  #turns: (() => void)[] = [];

  now(): number {
    return noon;
  }

  after(_: number, call: () => void) {
    this.#turns.push(call);
    return disposable(() => (this.#turns = this.#turns.filter((one) => one !== call)));
  }

  /** @returns whether there was anything to do */
  turn(): boolean {
    const next = this.#turns.shift();
    next?.();
    return next !== undefined;
  }
}

describe('looking for what needs attention', () => {
  const waits = { kind: 'waiting', reason: 'CrashLoopBackOff', message: '' } as const;
  const pods = Array.from({ length: 5_000 }, (_, number) =>
    aPod({ uid: `pod-${number}`, name: `pod-${number}`, containers: [aContainer({ state: waits })] }),
  );
  let cluster: FakeCluster;
  let clock: TurnClock;
  let watch: AttentionWatch;
  beforeEach(() => {
    cluster = new FakeCluster({ context: 'prod', server: 'https://prod.example', cluster: 'prod' });
    clock = new TurnClock();
    for (const store of Object.values(cluster.stores)) store.has();
    watch = new AttentionWatch(cluster, clock);
  });
  afterEach(() => watch.dispose());
  const settle = () => {
    let turns = 0;
    while (clock.turn()) turns++;
    return turns;
  };

  it('takes many objects a part at a time, and says so until it is through', () => {
    settle();
    cluster.stores.pods.has(...pods);
    let before = 0;
    while (clock.turn()) {
      const { length } = watch.findings;
      assert.ok(length - before <= 250, `${length - before} in one turn`);
      assert.equal(watch.isLoading, length < pods.length);
      before = length;
    }
    assert.equal(before, pods.length);
  });

  it('takes a small change in one turn', () => {
    cluster.stores.pods.has(...pods);
    settle();
    cluster.stores.pods.change(pods.slice(0, 3).map((pod) => ({ ...pod, phase: 'Succeeded' })));
    assert.equal(settle(), 1);
    assert.equal(watch.findings.length, pods.length - 3);
  });

  it('forgets what was gone in a list that was followed by another before it was looked through', () => {
    cluster.stores.pods.has(...pods);
    settle();
    cluster.stores.pods.has(...pods.slice(0, 2));
    cluster.stores.pods.has(...pods.slice(1, 2));
    settle();
    assert.equal(watch.findings.length, 1);
  });

  it('lets go of every watch', () => {
    settle();
    watch.dispose();
    assert.equal(cluster.leases, 0);
  });
});
