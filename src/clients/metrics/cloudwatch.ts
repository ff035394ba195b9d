import type { Clock } from '../../core/clock.ts';
import { isCancelled, JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import { alarmConsoleUrl, grafanaUrl } from '../../domain/alarms/links.ts';
import { parseAlarmArn } from '../../domain/alarms/arn.ts';
import type { Alarm, AlarmRef, AwsScope } from '../../domain/alarms/model.ts';
import type { AlarmSource, ScopeAlarms } from '../../domain/alarms/source.ts';
import { subjectOf } from '../../domain/alarms/subject.ts';
import { contextsOf } from '../../domain/kubernetes/cluster-name.ts';
import type { Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { named, once } from '../../domain/kubernetes/once.ts';
import { stateBands, stateSeries } from '../../domain/metrics/bands.ts';
import type { Band, ChartData, ChartSubject, MetricSource, Series } from '../../domain/metrics/model.ts';
import {
  alignSpan,
  choosePeriod,
  longestRetentionMs,
  onGrid,
  resolveRange,
  type Span,
} from '../../domain/metrics/range.ts';
import type { MetricResult } from '../aws/session.ts';
import type { AwsSessions } from '../aws/sessions.ts';
import { alarmChart } from './alarm-chart.ts';
import type { ChartSpec } from './chart-spec.ts';
import { insightsChart } from './insights-chart.ts';

export interface CloudWatchMetricOptions {
  readonly sessions: AwsSessions;
  readonly alarms: AlarmSource;
  readonly clusters: Clusters;
  readonly clock: Clock;
  /** Setting `jarvis.grafana.urlTemplate`. */
  readonly grafanaTemplate: () => string;
}

type KubeSubject = Exclude<ChartSubject, { kind: 'alarm' }>;

/** Where a chart's data are, and what to ask for. */
interface Inquiry {
  readonly place: ScopeAlarms;
  readonly spec: ChartSpec;
  readonly alarm?: Alarm;
  readonly grafana: { readonly namespace: string; readonly pod: string };
}

/**
 * Charts from CloudWatch: alarms with their states, and Kubernetes objects through Container Insights where the
 * cluster's name is known there (an alarm of the scope names it, or it is an EKS cluster of the scope).
 */
export function createCloudWatchMetricSource(options: CloudWatchMetricOptions): MetricSource {
  const { alarms, sessions, clock } = options;
  return {
    id: 'cloudwatch',
    covers: (subject) =>
      subject.kind === 'alarm'
        ? alarms.scopes.some(({ scope }) => scope.label === subject.alarm.scope)
        : placeOf(alarms.scopes, subject.cluster) !== undefined,

    async query(subject, range, signal) {
      const inquiry = await inquire(options, subject, signal);
      const { spec, place, alarm } = inquiry;
      const now = clock.now();
      const wanted = resolveRange(range, now);
      const kept = { ...wanted, from: Math.max(wanted.from, now - longestRetentionMs) };
      const { basePeriod } = spec;
      const step = choosePeriod(kept, now, { seriesCount: spec.queries(60).length, basePeriod });
      const span = alignSpan(kept, step);
      const queries = spec.queries(step);
      const [results, bands] = await Promise.all([
        queries.length === 0
          ? new Map<string, MetricResult>()
          : sessions.use(place.scope, (session) => session.metricData(queries, span, signal)),
        alarm ? bandsOf(sessions, place.scope, alarm, span, signal) : { bands: [], notes: [] },
      ]);
      const lines = drawn(spec, results, span, step);
      const series = alarm?.kind === 'composite' ? [...lines, stateSeries(bands.bands)] : lines;
      const notes = [
        ...spec.notes,
        ...bands.notes,
        ...notesOf(kept.from > wanted.from, series, results, queries.length),
      ];
      return chart(inquiry, options.grafanaTemplate(), { span, step, series, bands: bands.bands, notes });
    },
  };
}

async function inquire(options: CloudWatchMetricOptions, subject: ChartSubject, signal: AbortSignal): Promise<Inquiry> {
  if (subject.kind !== 'alarm') return inquireObject(options, subject, signal);
  const { alarms } = options;
  const place = alarms.scopes.find(({ scope }) => scope.label === subject.alarm.scope);
  const alarm =
    place && (valueOf(place.alarms)?.get(subject.alarm.arn) ?? (await alarms.describe(subject.alarm, signal)));
  if (!alarm) throw alarmMissing(subject.alarm, subject.name);
  const about = subjectOf(alarm);
  const pod = about?.kind === 'Workload' || about?.kind === 'Pod' ? about.name : '';
  return { place, alarm, spec: alarmChart(alarm), grafana: { namespace: about?.namespace ?? '', pod } };
}

async function inquireObject(
  { alarms, clusters }: CloudWatchMetricOptions,
  subject: KubeSubject,
  signal: AbortSignal,
): Promise<Inquiry> {
  const found = placeOf(alarms.scopes, subject.cluster);
  if (!found) throw clusterUnknown(subject.cluster);
  const { place, clusterName } = found;
  if (subject.kind === 'node') {
    const spec = insightsChart({ kind: 'node', clusterName, namespace: '', name: subject.name });
    return { place, spec, grafana: { namespace: '', pod: '' } };
  }
  const { namespace } = subject;
  const name = subject.kind === 'hpa' ? await hpaTarget(clusters, subject, signal) : subject.name;
  const spec = insightsChart({ kind: subject.kind === 'pod' ? 'pod' : 'workload', clusterName, namespace, name });
  return { place, spec, grafana: { namespace, pod: name } };
}

/** The pods' metrics go by the name of what the HPA scales. */
async function hpaTarget(
  clusters: Clusters,
  { cluster, namespace, name }: Extract<KubeSubject, { kind: 'hpa' | 'deployment' | 'pod' }>,
  signal: AbortSignal,
): Promise<string> {
  const hpas = await once(clusters.cluster(cluster), 'horizontalpodautoscalers', namespace, signal);
  return named(hpas, 'HorizontalPodAutoscaler', namespace, name).target.name;
}

/** The scope that knows the cluster, and the name that it knows it by. */
function placeOf(scopes: readonly ScopeAlarms[], cluster: ClusterRef) {
  for (const place of scopes) {
    for (const alarm of valueOf(place.alarms)?.values() ?? []) {
      const clusterName = subjectOf(alarm)?.clusterName;
      if (clusterName !== undefined && contextsOf(clusterName, [cluster]).length > 0) return { place, clusterName };
    }
    const [, region, account, name] = /^arn:aws[a-z-]*:eks:([^:]*):(\d*):cluster\/(.+)$/.exec(cluster.cluster) ?? [];
    if (name && place.identity?.region === region && place.identity?.account === account)
      return { place, clusterName: name };
  }
  return undefined;
}

/** The states are worth less than the line: where the history cannot be read, a note says so. */
async function bandsOf(
  sessions: AwsSessions,
  scope: AwsScope,
  alarm: Alarm,
  span: Span,
  signal: AbortSignal,
): Promise<{ readonly bands: readonly Band[]; readonly notes: readonly string[] }> {
  try {
    const name = parseAlarmArn(alarm.arn)?.name ?? alarm.name;
    const history = await sessions.use(scope, (session) => session.history(name, span, signal));
    return { bands: stateBands(history, alarm, span), notes: [] };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return { bands: [], notes: [t("The alarm's states are not shown: {0}", toJarvisError(error).message)] };
  }
}

/** Lines without a single point are left out. */
function drawn(
  { lines, threshold }: ChartSpec,
  results: ReadonlyMap<string, MetricResult>,
  span: Span,
  step: number,
): readonly Series[] {
  const series = lines.flatMap(({ id, label, unit, axis, style }): Series[] => {
    const result = results.get(id);
    if (!result || result.points.size === 0) return [];
    return [{ id, label: label ?? result.label, unit, axis, style, ...onGrid(result.points, span, step) }];
  });
  if (!threshold) return series;
  const { value, unit } = threshold;
  const line: Series = {
    id: 'threshold',
    label: t('Threshold'),
    unit,
    axis: 'left',
    style: 'threshold',
    times: [span.from, span.to],
    values: [value, value],
  };
  return [...series, line];
}

function notesOf(
  clipped: boolean,
  series: readonly Series[],
  results: ReadonlyMap<string, MetricResult>,
  asked: number,
): readonly string[] {
  const notes: string[] = [];
  if (clipped) notes.push(t('CloudWatch keeps no data older than 455 days.'));
  if ([...results.values()].some(({ complete }) => !complete))
    notes.push(t('CloudWatch could not give all of the data.'));
  if (asked > 0 && series.every(({ style }) => style === 'threshold'))
    notes.push(t('CloudWatch has no data in this time.'));
  return notes;
}

function chart(
  { place, spec, alarm, grafana }: Inquiry,
  template: string,
  parts: Pick<ChartData, 'series' | 'bands' | 'notes'> & { readonly span: Span; readonly step: number },
): ChartData {
  const { span, step, series, bands, notes } = parts;
  const console = alarm && alarmConsoleUrl(alarm.arn);
  const dashboard = grafanaUrl(template, { ...grafana, ...span });
  const { account, region } = place.identity ?? { account: alarm?.account ?? '', region: alarm?.region ?? '' };
  return {
    title: spec.title,
    subtitle: spec.subtitle,
    from: span.from,
    to: span.to,
    stepSeconds: step,
    series,
    bands,
    markers: [],
    source: t('CloudWatch, {0} {1}', account, region),
    links: [
      ...(console ? [{ label: t('Open in CloudWatch'), url: console }] : []),
      ...(dashboard ? [{ label: t('Open in Grafana'), url: dashboard }] : []),
    ],
    notes,
  };
}

function alarmMissing({ scope }: AlarmRef, name: string): JarvisError {
  return new JarvisError({ code: 'aws.alarmMissing', message: t('There is no alarm {0} in {1}.', name, scope) });
}

function clusterUnknown({ context }: ClusterRef): JarvisError {
  return new JarvisError({
    code: 'aws.clusterUnknown',
    message: t('No AWS scope knows the cluster {0}.', context),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }],
  });
}
