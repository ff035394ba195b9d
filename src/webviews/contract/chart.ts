import * as v from 'valibot';
import type { ChartData, ChartSubject, MetricSource, TimeRange } from '../../domain/metrics/model.ts';
import { empty, index, type Init, type ViewError } from './common.ts';
import type { Incoming } from './incoming.ts';

/** CloudWatch keeps one-hour data for 455 days; nothing older can be asked for. */
const longestSeconds = 455 * 86_400;
const moment = v.pipe(v.number(), v.integer(), v.minValue(0));

const timeRange = v.union([
  v.strictObject({ last: v.pipe(v.number(), v.integer(), v.minValue(60), v.maxValue(longestSeconds)) }),
  v.pipe(
    v.strictObject({ from: moment, to: moment }),
    v.check(({ from, to }) => from < to && to - from <= longestSeconds * 1000, 'from must come before to'),
  ),
]);

const cluster = v.strictObject({ context: v.string(), server: v.string(), cluster: v.string() });
const object = { cluster, name: v.string(), uid: v.string() };
const chartSubject = v.variant('kind', [
  v.strictObject({
    kind: v.literal('alarm'),
    alarm: v.strictObject({ arn: v.string(), scope: v.string() }),
    name: v.string(),
  }),
  v.strictObject({ kind: v.picklist(['hpa', 'deployment', 'pod']), namespace: v.string(), ...object }),
  v.strictObject({ kind: v.literal('node'), ...object }),
]);

const sourceId = v.picklist(['cloudwatch', 'metrics.k8s.io']);

/** What the panel is restored from after a reload of the window. */
export const chartPersisted = v.object({
  subject: chartSubject,
  range: timeRange,
  source: v.optional(sourceId),
});
export interface ChartPersisted {
  readonly subject: ChartSubject;
  readonly range: TimeRange;
  readonly source?: MetricSource['id'] | undefined;
}

/** 32 MB of base64: an 8K screen, and no more. */
const png = v.pipe(v.string(), v.startsWith('data:image/png;base64,'), v.maxLength(32 * 1024 * 1024));

export const chartToHost = {
  /** The page has been made (anew) and wants everything. */
  ready: empty,
  setRange: v.strictObject({ range: timeRange }),
  setSource: v.strictObject({ source: sourceId }),
  /** By position in the shown error, data or links: a view never sends a URL or a path. */
  remedy: index,
  openLink: index,
  openMarker: index,
  exportCsv: empty,
  exportPng: v.strictObject({ png }),
};
export type ChartToHost = Incoming<typeof chartToHost>;

export interface ChartToView {
  init: Init<ChartPersisted>;
  chart: ChartUpdate;
}

/** `data` absent while loading or failed: what was drawn for the same range stays, marked. */
export interface ChartUpdate {
  readonly persisted: ChartPersisted;
  /** Those that can say anything about the subject, the default first. */
  readonly sources: readonly MetricSource['id'][];
  readonly loading: boolean;
  readonly data?: ChartData;
  /** When the data came, ms since the epoch. */
  readonly at?: number;
  /** The data are old since then, and `error` says why. */
  readonly staleSince?: number;
  readonly error?: ViewError;
}
