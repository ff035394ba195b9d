import { isOutcome, type RunState } from '../remediation/run-state.ts';
import type { Target } from '../remediation/target.ts';
import type { ChartSubject, Marker, MetricSource } from './model.ts';

/**
 * Jarvis's own writes that the reader of this chart should see, at the moment each began. An alarm: those that were
 * meant to end it. An HPA: those to it. A deployment or pod: all in its namespace. A node: all in its cluster.
 */
export function markersFor(runs: readonly RunState[], subject: ChartSubject): readonly Marker[] {
  return runs
    .flatMap((run) => {
      const at = run.times.running;
      if (at === undefined || !mayHaveWritten(run) || !concerns(run, subject)) return [];
      return [{ at, label: run.plan.title, planId: run.plan.id }];
    })
    .sort((a, b) => a.at - b.at);
}

/** The same source, with the markers of our own actions in its span. */
export function withMarkers(source: MetricSource, runs: () => readonly RunState[]): MetricSource {
  return {
    id: source.id,
    covers: (subject) => source.covers(subject),
    async query(subject, range, signal) {
      const data = await source.query(subject, range, signal);
      const markers = markersFor(runs(), subject).filter(({ at }) => at >= data.from && at <= data.to);
      return { ...data, markers: [...data.markers, ...markers] };
    },
  };
}

/** A run that ended without its change having been seen is no reason for what the lines do. */
function mayHaveWritten({ phase, ticks }: RunState): boolean {
  return !isOutcome(phase) || ticks.some(({ role, state }) => role === 'change' && state === 'met');
}

function concerns({ plan }: RunState, subject: ChartSubject): boolean {
  if (subject.kind === 'alarm') return plan.alarm?.arn === subject.alarm.arn;
  if (!sameCluster(plan.target, subject)) return false;
  if (subject.kind === 'node') return true;
  if (subject.kind === 'hpa') return plan.target.uid === subject.uid;
  return plan.target.namespace === subject.namespace;
}

function sameCluster({ cluster }: Target, subject: Exclude<ChartSubject, { kind: 'alarm' }>): boolean {
  return cluster.server === subject.cluster.server && cluster.context === subject.cluster.context;
}
