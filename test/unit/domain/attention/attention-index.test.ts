import assert from 'node:assert/strict';
import { AttentionIndex } from '../../../../src/domain/attention/attention-index.ts';
import type { Pod } from '../../../../src/domain/kubernetes/model.ts';
import { aConfiguration, aContainer, aDaemonSet, aNode, aPod, aWarning } from '../../../support/builders/kubernetes.ts';
import { minute, noon } from '../../../support/attention.ts';

describe('the index of what needs attention', () => {
  let now: number;
  let index: AttentionIndex;
  beforeEach(() => {
    now = noon;
    index = new AttentionIndex(() => now);
  });

  const pod = (number: number, over: Partial<Pod> = {}): Pod =>
    aPod({
      uid: `pod-${number}`,
      name: `front-end-${number}`,
      startedAt: noon - 60 * minute,
      containers: [aContainer()],
      ...over,
    });
  const broken = (number: number): Pod =>
    pod(number, {
      containers: [aContainer({ restarts: 3, state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: '' } })],
    });
  /** How many objects are judged by a change. */
  const cost = (change: () => void): number => {
    const before = index.evaluations;
    change();
    index.judge();
    return index.evaluations - before;
  };
  const sentences = () => index.findings().map(({ sentence }) => sentence);

  it('judges what changed, not the 50,000 that did not', () => {
    assert.equal(
      cost(() => {
        for (let number = 0; number < 50_000; number++) index.put('pods', pod(number));
      }),
      50_000,
    );
    assert.equal(
      cost(() => [1, 2, 3].forEach((number) => index.put('pods', broken(number)))),
      3,
    );
    assert.equal(index.findings().length, 3);
    assert.equal(
      cost(() => index.remove('pods', 'pod-1')),
      0,
    );
    assert.equal(index.findings().length, 2);
  });

  it('judges again those that read what changed, and each once however much of it did', () => {
    const uses = ['a', 'b'].map((name) => ({ kind: 'ConfigMap', name }) as const);
    index.put('pods', pod(1, { uses }));
    index.put('pods', pod(2));
    index.judge();
    const change = () =>
      ['a', 'b'].forEach((name) => index.put('configmaps', aConfiguration({ uid: name, name, changedAt: noon })));
    assert.equal(cost(change), 3, 'the two and one pod');
    assert.deepEqual(sentences(), ['front-end-1 is older than the ConfigMap that it reads: a']);
  });

  it('judges again what a warning is about, also when it expires', () => {
    index.put('pods', pod(1));
    index.put('pods', pod(2));
    index.judge();
    const about = { kind: 'Pod', namespace: 'sock-shop', name: 'front-end-1', uid: 'pod-1' };
    const message = 'Readiness probe failed: x';
    const said = aWarning({ about, reason: 'Unhealthy', message, lastAt: noon });
    assert.equal(
      cost(() => index.put('warnings', said)),
      2,
    );
    assert.deepEqual(sentences(), ['front-end-1 fails its readiness probe: x']);
    assert.equal(
      cost(() => index.remove('warnings', said.uid)),
      1,
    );
    assert.deepEqual(sentences(), []);
  });

  it('judges no more at once than it is told to', () => {
    for (let number = 0; number < 10; number++) index.put('pods', broken(number));
    assert.equal(index.judge(4), true);
    assert.equal(index.findings().length, 4);
    assert.equal(index.judge(6), false);
    assert.equal(index.findings().length, 10);
  });

  it('gives the same findings until something has changed, or time has', () => {
    index.put(
      'pods',
      pod(1, {
        startedAt: noon,
        conditions: [
          { ...aNode().conditions[0], type: 'Ready', status: 'False', reason: '', message: '', changedAt: noon },
        ],
      }),
    );
    index.judge();
    const before = index.findings();
    assert.deepEqual(before, []);
    now += minute;
    assert.equal(index.findings(), before);
    now += 5 * minute;
    assert.deepEqual(sentences(), ['front-end-1 has not become ready']);
  });

  it('tells of missing pods when they have been missing for five minutes, whatever else changes', () => {
    const agents = (available: number) => aDaemonSet({ available });
    index.put('daemonsets', agents(2));
    index.judge();
    now += 4 * minute;
    index.put('daemonsets', agents(3));
    index.judge();
    assert.deepEqual(sentences(), []);
    now += minute;
    assert.deepEqual(sentences(), ['log-agent has 3 of 4 pods']);
    index.put('daemonsets', agents(4));
    index.judge();
    assert.deepEqual(sentences(), []);
  });

  it('puts the gravest first, then by name', () => {
    index.put('nodes', aNode({ unschedulable: true }));
    index.put('daemonsets', aDaemonSet({ available: 3 }));
    index.put('pods', broken(10));
    index.put('pods', broken(9));
    index.judge();
    now += 5 * minute;
    assert.deepEqual(
      index.findings().map(({ severity, subject }) => `${severity} ${subject.name}`),
      ['error front-end-9', 'error front-end-10', 'warning log-agent', 'info node-0'],
    );
  });

  it('forgets a pod under the workload that it has left', () => {
    const owners = [{ kind: 'ReplicaSet', name: 'carts', uid: 'rs', controller: true }];
    index.put('pods', { ...broken(1), owners });
    index.judge();
    index.put('pods', broken(1));
    index.judge();
    assert.equal(index.findings().length, 1);
  });
});
