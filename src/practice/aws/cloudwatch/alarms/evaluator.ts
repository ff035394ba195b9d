import type { Clock } from '../../../../core/clock.ts';
import type { Disposable } from '../../../../core/disposable.ts';
import { ApiError } from '../errors.ts';
import type { MetricStore } from '../metrics/metric-store.ts';
import { floor } from '../metrics/series.ts';
import { percentileOf } from '../metrics/statistics.ts';
import { QueryRun } from '../query.ts';
import type { MetricDataQuery } from '../shapes.ts';
import type { MetricAlarm } from './alarm.ts';
import type { AlarmBook } from './book.ts';
import { alarmPeriod, type MetricAlarmConfig } from './config.ts';
import { type Datapoint, decide, evaluationRange } from './decide.ts';
import { breaches, stateReason, stateReasonData } from './reason.ts';

const tick = 10_000;
const minute = 60_000;

/** Looks at every metric alarm on the clock: those with periods below a minute every 10 s, the others every minute. */
export class Evaluator implements Disposable {
  readonly #clock: Clock;
  readonly #store: MetricStore;
  readonly #book: AlarmBook;
  #timer: Disposable;

  constructor(clock: Clock, store: MetricStore, book: AlarmBook) {
    this.#clock = clock;
    this.#store = store;
    this.#book = book;
    this.#timer = this.#schedule();
  }

  dispose(): void {
    this.#timer.dispose();
  }

  /** The timer is set to the next even ten seconds of the clock, so that it does not drift. */
  #schedule(): Disposable {
    const now = this.#clock.now();
    return this.#clock.after(floor(now, tick) + tick - now, () => {
      this.#timer = this.#schedule();
      this.#evaluateDue();
    });
  }

  #evaluateDue(): void {
    const now = this.#clock.now();
    const onMinute = floor(now, tick) % minute === 0;
    for (const alarm of this.#book.all()) {
      if (alarm.type === 'MetricAlarm' && (onMinute || alarmPeriod(alarm.config) < 60)) this.#evaluate(alarm, now);
    }
  }

  #evaluate(alarm: MetricAlarm, now: number): void {
    const { config } = alarm;
    const period = alarmPeriod(config);
    const points = this.#points(alarm, period, now);
    if (!points) return;
    const decision = decide({
      points,
      evaluationPeriods: config.EvaluationPeriods,
      datapointsToAlarm: config.DatapointsToAlarm ?? config.EvaluationPeriods,
      treatMissing: treatment(config),
      breaches: breaches(config),
    });
    if (decision.value === undefined || hasTooFewSamples(config, decision.evaluated)) return;
    this.#book.setState(config.AlarmName, {
      value: decision.value,
      reason: stateReason(config, decision),
      reasonData: stateReasonData(config, period, decision, now),
    });
  }

  /** The evaluation range, oldest first; undefined when the alarm's expression cannot be evaluated. */
  #points({ config }: MetricAlarm, period: number, now: number): readonly (Datapoint | undefined)[] | undefined {
    const count = evaluationRange(config.EvaluationPeriods);
    const to = floor(now, period < 60 ? tick : minute);
    const from = to - count * period * 1000;
    const values = this.#read(config, () => ({ from, to }));
    if (!values) return undefined;
    const samples = config.Metrics ? undefined : this.#sampleCounts(config, from, to, period);
    return Array.from({ length: count }, (_, index) => {
      const time = from + index * period * 1000;
      const value = values.get(time);
      const sampleCount = samples?.get(time);
      return value === undefined ? undefined : { time, value, ...(sampleCount !== undefined && { sampleCount }) };
    });
  }

  #read(
    config: MetricAlarmConfig,
    windowFor: () => { from: number; to: number },
  ): ReadonlyMap<number, number> | undefined {
    const queries = alarmQueries(config);
    const watched = queries.find((query) => query.ReturnData !== false);
    if (!watched) return undefined;
    try {
      return new QueryRun(this.#store, queries, windowFor).results(watched)[0]?.series.points ?? new Map();
    } catch (error) {
      // an expression that does not fit the data (AWS: evaluation state EVALUATION_ERROR) leaves the state as it is
      if (error instanceof ApiError) return undefined;
      throw error;
    }
  }

  #sampleCounts(config: MetricAlarmConfig, from: number, to: number, period: number): ReadonlyMap<number, number> {
    const { Namespace: namespace = '', MetricName: name = '', Dimensions: dimensions } = config;
    const read = this.#store.read({ namespace, name, dimensions }, { from, to, period }, config.Unit);
    return new Map([...read].map(([time, { count }]) => [time, count]));
  }
}

/** A plain metric alarm as the one query that it is. */
function alarmQueries(config: MetricAlarmConfig): readonly MetricDataQuery[] {
  if (config.Metrics) return config.Metrics;
  const { Namespace = '', MetricName = '', Dimensions, Unit } = config;
  const stat = {
    Metric: { Namespace, MetricName, Dimensions },
    Period: alarmPeriod(config),
    Stat: config.Statistic ?? config.ExtendedStatistic ?? '',
    ...(Unit !== undefined && { Unit }),
  };
  return [{ Id: 'm1', MetricStat: stat }];
}

/** Alarms on AWS/DynamoDB metrics always ignore missing data, as PutMetricAlarm documents. */
function treatment({ Namespace, TreatMissingData = 'missing' }: MetricAlarmConfig) {
  return Namespace === 'AWS/DynamoDB' ? 'ignore' : TreatMissingData;
}

/**
 * A percentile says little about few samples: below 10 / (1 - percentile), or 10 / percentile under the median, an alarm
 * set to `ignore` keeps its state.
 */
function hasTooFewSamples(config: MetricAlarmConfig, evaluated: readonly Datapoint[]): boolean {
  const percent = config.ExtendedStatistic === undefined ? undefined : percentileOf(config.ExtendedStatistic);
  if (config.EvaluateLowSampleCountPercentile !== 'ignore' || percent === undefined) return false;
  const samples = evaluated.reduce((sum, point) => sum + (point.sampleCount ?? 0), 0);
  return samples < 1000 / (percent < 50 ? percent : 100 - percent);
}
