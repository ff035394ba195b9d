import { isDeepStrictEqual } from 'node:util';
import { sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { errorOf, valueOf } from '../../core/loadable.ts';
import type { AlarmSource } from '../alarms/source.ts';
import type { Clusters } from '../kubernetes/cluster.ts';
import { fieldAt } from '../kubernetes/field-path.ts';
import type { ObjectInspector } from '../kubernetes/inspector.ts';
import type { Hpa } from '../kubernetes/model.ts';
import { eachChange } from './each-change.ts';
import type { Expectation, ExpectationCheck, Observation } from './expectation.ts';
import type { Observer } from './observer.ts';
import type { Target } from './target.ts';

export interface ObservedWorld {
  readonly clusters: Clusters;
  readonly inspector: ObjectInspector;
  readonly alarms: AlarmSource;
  readonly clock: Clock;
}

type Report = (observation: Observation) => void;
type Seen = Omit<Observation, 'at'>;

/** CloudWatch's own evaluation takes at least this long, so asking more often says nothing new. */
const alarmLookMs = 5_000;

/** Looks at the real cluster and the real alarms. */
export function worldObserver(world: ObservedWorld): Observer {
  return {
    observe({ check }: Expectation, target: Target, report: Report, signal: AbortSignal) {
      const tell = (seen: Seen) => report({ ...seen, at: world.clock.now() });
      switch (check.kind) {
        case 'field':
          return onEachHpa(world, target, signal, () => lookAtField(world, target, check, signal), tell);
        case 'replicasReady':
          return observeReplicas(world, target, check.atLeast, signal, tell);
        case 'utilization':
          return onEachHpa(world, target, signal, (hpa) => lookAtUtilization(hpa, check.metric, check.atMost), tell);
        case 'alarmOk':
          return observeAlarm(world, check, signal, tell);
      }
    },
  };
}

/** Looks at every change of the target that the watch tells, and says so where it cannot see. */
async function onEachHpa(
  { clusters }: ObservedWorld,
  target: Target,
  signal: AbortSignal,
  look: (hpa: Hpa) => Seen | Promise<Seen>,
  tell: (seen: Seen) => void,
): Promise<void> {
  const lease = clusters.cluster(target.cluster).watch('horizontalpodautoscalers', target.namespace);
  try {
    await eachChange(lease.store.onDidChange, target.uid, signal, async () => {
      const { objects } = lease.store;
      const hpa = valueOf(objects)?.get(target.uid);
      const error = errorOf(objects);
      if (error) tell({ met: false, seen: error.message });
      else if (hpa) tell(await orTrouble(look(hpa)));
      else if (objects.state === 'ready') tell({ met: false, seen: t('{0} was deleted', target.name) });
    });
  } finally {
    lease.dispose();
  }
}

async function lookAtField(
  { inspector }: ObservedWorld,
  target: Target,
  { path, equals }: Extract<ExpectationCheck, { kind: 'field' }>,
  signal: AbortSignal,
): Promise<Seen> {
  const object = await inspector.read(target, signal);
  if (fieldAt(object, 'metadata.uid') !== target.uid) return { met: false, seen: t('{0} was made anew', target.name) };
  const value = fieldAt(object, path);
  return { met: isDeepStrictEqual(value, equals), seen: value === undefined ? t('not set') : JSON.stringify(value) };
}

/** Ready pods of the workload against what the HPA wants now; both watched. */
async function observeReplicas(
  world: ObservedWorld,
  target: Target,
  atLeast: number,
  signal: AbortSignal,
  tell: (seen: Seen) => void,
): Promise<void> {
  const deployments = world.clusters.cluster(target.cluster).watch('deployments', target.namespace);
  let latest: Hpa | undefined;
  const look = (hpa: Hpa): Seen => {
    latest = hpa;
    const workload = [...(valueOf(deployments.store.objects)?.values() ?? [])].find(
      ({ name }) => name === hpa.target.name,
    );
    const ready = workload?.ready ?? 0;
    const calm = hpa.metrics.every(({ current, target: aim }) => current !== undefined && current <= aim);
    const enough = ready >= hpa.desiredReplicas && (ready >= atLeast || calm);
    return { met: enough, seen: t('{0} of {1} ready', ready, Math.max(atLeast, hpa.desiredReplicas)) };
  };
  const listener = deployments.store.onDidChange(() => latest && tell(look(latest)));
  try {
    await onEachHpa(world, target, signal, look, tell);
  } finally {
    listener.dispose();
    deployments.dispose();
  }
}

function lookAtUtilization(hpa: Hpa, metric: string, atMost: number): Seen {
  const current = hpa.metrics.find(({ name }) => name === metric)?.current;
  if (current === undefined) return { met: false, seen: t('no value yet') };
  return { met: current <= atMost, seen: `${current} %` };
}

/** Asked from CloudWatch itself: a notice alone proves nothing. */
async function observeAlarm(
  { alarms, clock }: ObservedWorld,
  { alarm }: Extract<ExpectationCheck, { kind: 'alarmOk' }>,
  signal: AbortSignal,
  tell: (seen: Seen) => void,
): Promise<void> {
  while (!signal.aborted) {
    try {
      const now = await alarms.describe(alarm, signal);
      tell({ met: now?.state === 'OK', seen: now ? now.state : t('the alarm was deleted') });
    } catch (error) {
      if (isCancelled(error)) return;
      tell({ met: false, seen: toJarvisError(error).message });
    }
    await sleep(clock, alarmLookMs, signal).catch(() => undefined);
  }
}

/** A look that fails is told as what was seen; the next change looks again. */
async function orTrouble(look: Seen | Promise<Seen>): Promise<Seen> {
  try {
    return await look;
  } catch (error) {
    return { met: false, seen: toJarvisError(error).message };
  }
}
