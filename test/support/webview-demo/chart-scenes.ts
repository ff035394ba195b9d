import { hostileNames } from '../hostile.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import type { ChartData, MetricSource, Series, TimeRange } from '../../../src/domain/metrics/model.ts';

const minute = 60_000;
/** Names as an attacker would choose them: shown as text, never as markup. */
export const hostileName = '<img src=x onerror="document.title=\'owned\'">$(rm -rf /)[link](javascript:alert(1))';

/** What the scripted source answers in each scene. */
export const chartScenes = {
  live: (range: TimeRange) => cpuOf(range, 60),
  large: (range: TimeRange) => cpuOf(range, spanOf(range) / 1000 / 100_000),
  gaps: (range: TimeRange) => withGaps(cpuOf(range, 60)),
  hostile: (range: TimeRange) => hostile(cpuOf(range, 60)),
  empty: (range: TimeRange) => ({ ...cpuOf(range, 60), series: [], bands: [], markers: [] }),
  failing: () => {
    throw expired();
  },
} satisfies Record<string, (range: TimeRange) => ChartData>;

/** A source that answers from a scene. `stale` answers once and fails from then on; `loading` never answers. */
export function scriptedSource(scene: string): MetricSource {
  let asked = 0;
  return {
    id: 'cloudwatch',
    covers: () => true,
    query: (_subject, range) => {
      asked++;
      if (scene === 'loading') return new Promise(() => undefined);
      if (scene === 'stale' && asked > 1) return Promise.reject(expired());
      const answer = Object.hasOwn(chartScenes, scene)
        ? chartScenes[scene as keyof typeof chartScenes]
        : chartScenes.live;
      return new Promise((resolve) => resolve(answer(range)));
    },
  };
}

function expired(): JarvisError {
  return new JarvisError({
    code: 'aws.credentialsExpired',
    message: 'The credentials of profile "prod" have expired.',
    remedies: [{ kind: 'signInAws', profile: 'prod' }, { kind: 'retry' }, { kind: 'openLog' }],
  });
}

/** Stress raises the CPU above the threshold; at two thirds Jarvis raises maxReplicas and it falls again. */
export function cpuOf(range: TimeRange, stepSeconds: number): ChartData {
  const span = spanOf(range);
  const to = 'last' in range ? Math.floor(Date.now() / minute) * minute : range.to;
  const from = to - span;
  const count = Math.round(span / 1000 / stepSeconds) + 1;
  const times = Array.from({ length: count }, (_, index) => Math.round(from + index * stepSeconds * 1000));
  const at = (part: number) => from + part * span;
  const act = at(0.66);
  const cpu = times.map((time) => cpuAt((time - from) / span));
  const replicas = times.map((time) =>
    time < at(0.3) ? 2 : time < at(0.38) ? 3 : time < act ? 4 : time < at(0.7) ? 6 : 9,
  );
  const line = (series: Partial<Series> & Pick<Series, 'id' | 'label' | 'values'>): Series => ({
    unit: 'percent',
    axis: 'left',
    style: 'line',
    times,
    ...series,
  });
  return {
    title: 'front-end: pod_cpu_utilization_over_pod_limit',
    subtitle: 'prod-seoul › sock-shop › HPA front-end · Average, 1 min',
    from,
    to,
    stepSeconds: Math.max(1, Math.round(stepSeconds)),
    series: [
      line({ id: 'cpu', label: 'CPU per pod', values: cpu }),
      line({ id: 'threshold', label: 'Threshold 60 %', style: 'threshold', times: [from, to], values: [60, 60] }),
      line({ id: 'replicas', label: 'Replicas', unit: 'count', axis: 'right', style: 'step', values: replicas }),
      line({
        id: 'max',
        label: 'maxReplicas',
        unit: 'count',
        axis: 'right',
        style: 'step',
        values: times.map((time) => (time < act ? 4 : 10)),
      }),
    ],
    bands: [
      { from, to: at(0.08), state: 'INSUFFICIENT_DATA' },
      { from: at(0.08), to: at(0.36), state: 'OK' },
      { from: at(0.36), to: at(0.82), state: 'ALARM' },
      { from: at(0.82), to, state: 'OK' },
    ],
    markers: [{ at: act, label: 'Scale HPA 4 → 10', planId: 'jv-abcdefghijkmnpqr' }],
    source: 'CloudWatch, 123456789012 ap-northeast-2',
    links: [
      { label: 'Open in CloudWatch', url: 'https://ap-northeast-2.console.aws.amazon.com/cloudwatch/home' },
      { label: 'Open in Grafana', url: 'https://grafana.example/d/pods' },
    ],
    notes: [],
  };
}

function cpuAt(part: number): number {
  const noise = Math.sin(part * 90) * 2.5 + Math.sin(part * 331) * 1.8;
  if (part < 0.3) return 34 + noise;
  if (part < 0.4) return 34 + (part - 0.3) * 580 + noise;
  if (part < 0.68) return 92 + noise;
  return Math.max(41, 92 - (part - 0.68) * 420) + noise;
}

function withGaps(data: ChartData): ChartData {
  const gap = (index: number, count: number) => (index > count * 0.15 && index < count * 0.25) || index % 40 === 0;
  return {
    ...data,
    series: data.series.map((series) =>
      series.style === 'line'
        ? { ...series, values: series.values.map((value, index, all) => (gap(index, all.length) ? null : value)) }
        : series,
    ),
    notes: ['metrics.k8s.io keeps no history: the line begins when Jarvis first looked, at 10:02.'],
  };
}

function hostile(data: ChartData): ChartData {
  const long = hostileName + 'x'.repeat(253 - hostileName.length);
  return {
    ...data,
    title: long,
    subtitle: long,
    series: [hostileName, ...Object.values(hostileNames)].flatMap((label, index) =>
      data.series.slice(0, 1).map((series) => ({ ...series, id: `line ${index}`, label })),
    ),
    markers: data.markers.map((marker) => ({ ...marker, label: hostileName })),
    notes: [long],
    source: long,
    links: [{ label: hostileName, url: 'https://grafana.example/' }],
  };
}

function spanOf(range: TimeRange): number {
  return 'last' in range ? range.last * 1000 : range.to - range.from;
}
