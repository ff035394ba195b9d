import assert from 'node:assert/strict';
import { Emitter } from '../../src/core/event.ts';
import type { Alarm } from '../../src/domain/alarms/model.ts';
import type { AlarmSource } from '../../src/domain/alarms/source.ts';
import type { ExpectationCheck, Observation } from '../../src/domain/remediation/expectation.ts';
import type { JsonObject } from '../../src/domain/remediation/json.ts';
import { worldObserver } from '../../src/domain/remediation/world-observer.ts';
import { clustersOf, FakeCluster } from './builders/kubernetes.ts';
import { aTarget, prod } from './builders/remediation.ts';
import { FakeProber, FakeWaf } from './builders/waf.ts';
import { FakeClock } from './fake-clock.ts';

/** An HPA as the API server has it, as far as it is looked at. */
export function rawHpa(maxReplicas: number, uid = 'uid-front-end'): JsonObject {
  return { metadata: { uid }, spec: { maxReplicas } };
}

/** What is looked for, in a world that a test changes; `last` is what was reported last. */
export function aWorld(check: ExpectationCheck, target = aTarget()) {
  const clock = new FakeClock();
  const cluster = new FakeCluster(prod);
  const { horizontalpodautoscalers: hpas, deployments } = cluster.stores;
  const server: { object: JsonObject | Error; alarm: Alarm['state'] | Error | undefined } = {
    object: rawHpa(4),
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
