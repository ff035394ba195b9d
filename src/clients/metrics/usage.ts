import type { Clock } from '../../core/clock.ts';
import { type Disposable, disposable } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { grafanaUrl } from '../../domain/alarms/links.ts';
import type { Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ChartData, MetricSource, Series } from '../../domain/metrics/model.ts';
import type { UsageSubject } from '../../domain/metrics/observed-usage.ts';
import { resolveRange, type Span } from '../../domain/metrics/range.ts';
import { UsageRecorder } from './usage-recorder.ts';

const stepSeconds = 15;
/** More lines than that cannot be told apart; the mean is drawn anyway. */
const maxPods = 20;
const maxRecorders = 50;

/**
 * Charts from metrics.k8s.io, which knows only the present: what was seen is kept while a chart or a run asks about it,
 * and for the next time. CPU in percent of request, mean and per pod; replicas and their maximum as steps.
 */
export function createUsageMetricSource(
  clusters: Clusters,
  clock: Clock,
  grafanaTemplate: () => string = () => '',
): MetricSource & Disposable {
  const recorders = new Map<string, UsageRecorder>();
  return {
    id: 'metrics.k8s.io',
    covers: (subject) => subject.kind !== 'alarm',
    async query(subject, range, signal) {
      if (subject.kind === 'alarm') throw new Error('metrics.k8s.io knows no alarms');
      const recorder = recorderOf(
        recorders,
        subject,
        () => new UsageRecorder(subject, clusters.cluster(subject.cluster), clock),
      );
      await recorder.look(signal);
      const span = resolveRange(range, clock.now());
      return chart(subject, recorder, span, grafanaTemplate());
    },
    ...disposable(() => {
      for (const recorder of recorders.values()) recorder.dispose();
    }),
  };
}

/** The recorder of the subject, the last used ones kept. */
function recorderOf(
  recorders: Map<string, UsageRecorder>,
  subject: UsageSubject,
  make: () => UsageRecorder,
): UsageRecorder {
  const key = keyOf(subject);
  const recorder = recorders.get(key) ?? make();
  recorders.delete(key);
  recorders.set(key, recorder);
  const [oldest] = recorders;
  if (oldest && recorders.size > maxRecorders) {
    oldest[1].dispose();
    recorders.delete(oldest[0]);
  }
  return recorder;
}

function keyOf(subject: UsageSubject): string {
  const { kind, cluster, name, uid } = subject;
  return JSON.stringify([kind, cluster.context, cluster.server, kind === 'node' ? '' : subject.namespace, name, uid]);
}

function chart(subject: UsageSubject, recorder: UsageRecorder, span: Span, template: string): ChartData {
  const namespace = subject.kind === 'node' ? '' : subject.namespace;
  const dashboard = grafanaUrl(template, { namespace, pod: subject.kind === 'node' ? '' : subject.name, ...span });
  const cpu = cpuSeries(subject, recorder, span);
  return {
    title: subject.name,
    subtitle: [subject.cluster.context, namespace].filter(Boolean).join(' › '),
    ...span,
    stepSeconds,
    series: [...cpu, ...steps(recorder, span), ...threshold(recorder, span)],
    bands: [],
    markers: [],
    source: t('metrics.k8s.io since {0}', timeOf(recorder.since)),
    links: dashboard ? [{ label: t('Open in Grafana'), url: dashboard }] : [],
    notes: notes(subject, recorder, span, cpu),
  };
}

function cpuSeries({ kind }: UsageSubject, { pods, mean }: UsageRecorder, span: Span): readonly Series[] {
  const inPercent = mean.last !== undefined;
  const unit = inPercent ? 'percent' : 'millicores';
  const lines = [...pods].map(([name, { percent, millicores }]) =>
    line(`pod:${name}`, name, unit, (inPercent ? percent : millicores).within(span)),
  );
  const alive = lines.filter(({ times }) => times.length > 0);
  const newest = alive.toSorted((a, b) => (b.times.at(-1) ?? 0) - (a.times.at(-1) ?? 0)).slice(0, maxPods);
  const single = kind === 'pod' || kind === 'node';
  if (single || !inPercent) return newest;
  return [line('mean', t('CPU, mean of the pods'), unit, mean.within(span)), ...newest];
}

function line(id: string, label: string, unit: Series['unit'], points: Pick<Series, 'times' | 'values'>): Series {
  return { id, label, unit, axis: 'left', style: 'line', ...points };
}

function steps({ replicas, maxReplicas }: UsageRecorder, span: Span): readonly Series[] {
  const step = { unit: 'count', axis: 'right', style: 'step' } as const;
  return [
    { id: 'replicas', label: t('Replicas'), ...step, ...replicas.stepsWithin(span) },
    { id: 'maxReplicas', label: 'maxReplicas', ...step, ...maxReplicas.stepsWithin(span) },
  ].filter(({ times }) => times.length > 0);
}

function threshold({ targetPercent }: UsageRecorder, { from, to }: Span): readonly Series[] {
  if (targetPercent === undefined) return [];
  const values = [targetPercent, targetPercent];
  return [
    { id: 'target', label: t('Target'), unit: 'percent', axis: 'left', style: 'threshold', times: [from, to], values },
  ];
}

function notes({ name }: UsageSubject, recorder: UsageRecorder, span: Span, cpu: readonly Series[]): readonly string[] {
  const all: string[] = recorder.present ? [] : [t('{0} is not in the cluster now.', name)];
  if (span.from < recorder.since)
    all.push(t('No history before {0}: metrics.k8s.io knows only the present.', timeOf(recorder.since)));
  const drawn = cpu.filter(({ id }) => id.startsWith('pod:')).length;
  if (recorder.pods.size > drawn && drawn === maxPods)
    all.push(t('{0} of {1} pods are drawn.', drawn, recorder.pods.size));
  if (cpu.some(({ unit }) => unit === 'millicores')) all.push(t('CPU is in millicores: no CPU is requested.'));
  if (recorder.problem) all.push(t('The numbers are old: {0}', recorder.problem));
  return all;
}

const timeOf = (at: number) => new Intl.DateTimeFormat(undefined, { timeStyle: 'short' }).format(at);
