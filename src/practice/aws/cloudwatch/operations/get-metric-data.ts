import * as v from 'valibot';
import { validationError } from '../errors.ts';
import { floor, resolutionAt } from '../metrics/series.ts';
import { metricIdOf, QueryRun, type QueryResult, type WindowFor } from '../query.ts';
import { type MetricDataQuery, metricDataQuery, list, optional, scanBy, timestamp } from '../shapes.ts';
import { operation, seconds } from './operation.ts';
import { offsetOf, tokenFor } from './paging.ts';

const maxPoints = 100_800;
const maxQueries = 500;

const input = v.object({
  MetricDataQueries: list(metricDataQuery, maxQueries),
  StartTime: timestamp,
  EndTime: timestamp,
  NextToken: optional(v.string()),
  ScanBy: optional(scanBy),
  MaxDatapoints: optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxPoints))),
});
type Input = v.InferOutput<typeof input>;

export const getMetricData = operation(input, (service, request) => {
  const { MetricDataQueries: queries, StartTime, EndTime, ScanBy = 'TimestampDescending' } = request;
  if (StartTime >= EndTime) throw validationError('The parameter StartTime must be less than the parameter EndTime.');
  checkQueries(queries);
  const run = new QueryRun(service.metrics, queries, windowFor(StartTime, EndTime, service.clock.now()));
  const results = queries.filter(({ ReturnData = true }) => ReturnData).flatMap((query) => run.results(query));
  return page(
    results.map((result) => ({ result, points: ordered(result, ScanBy) })),
    request,
  );
});

/** The window for a period, with its start rounded as GetMetricData documents; both ends for periods below a minute. */
export function windowFor(start: number, end: number, now: number): WindowFor {
  return (period) => {
    if (period < 60) return { from: floor(start, period * 1000), to: floor(end, period * 1000) };
    return { from: floor(start, Math.max(60_000, resolutionAt(now - start) ?? 3_600_000)), to: end };
  };
}

const isPeriod = (period: number) => [1, 5, 10, 20, 30].includes(period) || period % 60 === 0;

/** What must hold for queries of GetMetricData and of alarms alike. @throws ApiError ValidationError */
export function checkQueries(queries: readonly MetricDataQuery[]): void {
  const ids = new Set<string>();
  for (const { Id, MetricStat: stat, Expression, Period } of queries) {
    if (!/^[a-z][A-Za-z0-9_]*$/.test(Id))
      throw validationError(
        `The value ${Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
      );
    if (ids.has(Id)) throw validationError('The values for parameter id in MetricDataQueries are not unique.');
    ids.add(Id);
    if ((stat === undefined) === (Expression === undefined))
      throw validationError(`Exactly one of MetricStat and Expression must be given for the query ${Id}.`);
    if (stat) metricIdOf(stat);
    const period = stat?.Period ?? Period;
    if (period !== undefined && !isPeriod(period))
      throw validationError('Period must be 1, 5, 10, 20, 30 or a multiple of 60.');
  }
}

type Point = readonly [time: number, value: number];

function ordered({ series }: QueryResult, scan: NonNullable<Input['ScanBy']>): readonly Point[] {
  const points = [...series.points].sort((a, b) => a[0] - b[0]);
  return scan === 'TimestampDescending' ? points.reverse() : points;
}

/** The part of all points, taken one result after the other, that this page holds. */
function page(all: readonly { result: QueryResult; points: readonly Point[] }[], request: Input): object {
  const offset = offsetOf(request.NextToken, request);
  const end = offset + (request.MaxDatapoints ?? maxPoints);
  const results: object[] = [];
  let before = 0;
  for (const { result, points } of all) {
    const first = before;
    before += points.length;
    // an empty result belongs to the page in which its turn comes
    const isHere = points.length === 0 ? first >= offset && first < end : before > offset && first < end;
    if (isHere)
      results.push(metricDataResult(result, points.slice(Math.max(0, offset - first), end - first), before <= end));
  }
  const more = before > end && { NextToken: tokenFor(end, request) };
  return { MetricDataResults: results, Messages: [], ...more };
}

function metricDataResult({ id, label }: QueryResult, points: readonly Point[], complete: boolean): object {
  return {
    Id: id,
    Label: label,
    Timestamps: points.map(([time]) => seconds(time)),
    Values: points.map(([, value]) => value),
    StatusCode: complete ? 'Complete' : 'PartialData',
  };
}
