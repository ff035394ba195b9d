import { validationError } from './errors.ts';
import { evaluate, resultSeries, type Scope } from './math/evaluate.ts';
import { parseExpression } from './math/parser.ts';
import { parseSearch, searchMetrics } from './math/search.ts';
import { isSeries, type TimeSeries, type Value } from './math/values.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import { statisticNamed } from './metrics/statistics.ts';
import type { MetricDataQuery, MetricId, MetricStat } from './shapes.ts';

export interface QueryResult {
  readonly id: string;
  readonly label: string;
  readonly series: TimeSeries;
}

/** The window of a query for its period, in milliseconds: queries of one request may have different periods. */
export type WindowFor = (period: number) => { readonly from: number; readonly to: number };

/** At most this many metrics answer one SEARCH, as AWS documents. */
const searchLimit = 500;

export function metricIdOf({ Metric }: MetricStat): MetricId {
  const { Namespace, MetricName, Dimensions = [] } = Metric;
  if (Namespace === undefined) throw validationError('The parameter MetricStat.Metric.Namespace is required.');
  if (MetricName === undefined) throw validationError('The parameter MetricStat.Metric.MetricName is required.');
  return { namespace: Namespace, name: MetricName, dimensions: Dimensions };
}

/** Answers the queries of one GetMetricData call, or of one alarm: metrics from the store, expressions over each other. */
export class QueryRun {
  readonly #store: MetricStore;
  readonly #queries: ReadonlyMap<string, MetricDataQuery>;
  readonly #windowFor: WindowFor;
  readonly #values = new Map<string, Value>();
  readonly #running = new Set<string>();

  constructor(store: MetricStore, queries: readonly MetricDataQuery[], windowFor: WindowFor) {
    this.#store = store;
    this.#queries = new Map(queries.map((query) => [query.Id, query]));
    this.#windowFor = windowFor;
  }

  /** The series of one query, labelled. @throws ApiError ValidationError for what the query says wrongly */
  results(query: MetricDataQuery): readonly QueryResult[] {
    const value = this.#value(query.Id);
    const { Id: id, Label } = query;
    if (isSeries(value))
      return [{ id, label: Label ?? (query.Expression === undefined ? value.label : id), series: value }];
    return resultSeries(value).map((series) => ({
      id,
      label: Label === undefined || Label === '' ? series.label : `${Label} ${series.label}`,
      series,
    }));
  }

  #value(id: string): Value {
    const known = this.#values.get(id);
    if (known !== undefined) return known;
    const query = this.#queries.get(id);
    if (!query) throw validationError(`Error in expression: the id "${id}" is not known.`);
    if (this.#running.has(id)) throw validationError(`Error in expression: "${id}" refers to itself.`);
    this.#running.add(id);
    const value = this.#evaluate(query);
    this.#running.delete(id);
    this.#values.set(id, value);
    return value;
  }

  #evaluate({ Expression, MetricStat: stat, Period }: MetricDataQuery): Value {
    if (stat) return this.#metric(metricIdOf(stat), stat.Stat, stat.Period, stat.Unit);
    if (Expression === undefined) throw validationError('Either MetricStat or Expression is required.');
    const period = Period ?? this.#shortestPeriod();
    const scope: Scope = {
      span: this.#windowFor(period),
      lookup: (id) => this.#value(id),
      metrics: (containing = '') => this.#metrics(containing),
      search: (text, statistic, searched) => this.#search(text, statistic, searched ?? period),
    };
    return evaluate(parseExpression(Expression), scope);
  }

  #shortestPeriod(): number {
    const periods = [...this.#queries.values()].flatMap(({ MetricStat: stat }) => (stat ? [stat.Period] : []));
    return periods.length === 0 ? 60 : Math.min(...periods);
  }

  #metrics(containing: string): readonly TimeSeries[] {
    const chosen = [...this.#queries.values()].filter((query) => query.MetricStat && query.Id.includes(containing));
    return chosen.flatMap((query) => resultSeries(this.#value(query.Id)));
  }

  #search(text: string, statistic: string, period: number): readonly TimeSeries[] {
    const found = searchMetrics(
      parseSearch(text),
      this.#store.list().map(({ metric }) => metric),
    );
    const shown = found.slice(0, searchLimit);
    return shown.map((metric) => ({ ...this.#metric(metric, statistic, period), label: labelAmong(shown, metric) }));
  }

  #metric(metric: MetricId, name: string, period: number, unit?: string): TimeSeries {
    const statistic = statisticNamed(name);
    if (!statistic) throw validationError(`The value ${name} for parameter MetricStat.Stat is not supported.`);
    const points = new Map<number, number>();
    const read = this.#store.read(metric, { ...this.#windowFor(period), period }, unit);
    for (const [time, distribution] of [...read].sort((a, b) => a[0] - b[0])) {
      const value = statistic(distribution);
      if (value !== undefined) points.set(time, value);
    }
    return { label: metric.name, period, points };
  }
}

/** What tells a metric from the others that were found with it: its dimension values and name, where they differ. */
function labelAmong(all: readonly MetricId[], metric: MetricId): string {
  const parts = ({ name, dimensions }: MetricId) => [...dimensions.map((dimension) => dimension.Value), name];
  const telling = parts(metric).filter((part) => !all.every((other) => parts(other).includes(part)));
  return telling.length === 0 ? metric.name : telling.join(' ');
}
