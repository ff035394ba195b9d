import assert from 'node:assert/strict';
import { stateBands, stateSeries } from '../../../../src/domain/metrics/bands.ts';
import { toCsv } from '../../../../src/domain/metrics/csv.ts';
import { markersFor } from '../../../../src/domain/metrics/markers.ts';
import type { ChartData, ChartSubject, Series } from '../../../../src/domain/metrics/model.ts';
import { alignSpan, choosePeriod, onGrid, resolveRange } from '../../../../src/domain/metrics/range.ts';
import { anAlarm } from '../../../support/builders/alarms.ts';
import { aPlan, aTarget, prod } from '../../../support/builders/remediation.ts';
import type { RunState } from '../../../../src/domain/remediation/run-state.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse('2026-11-21T09:00:00Z');

describe('the period of a chart', () => {
  const of = (last: number, more = {}) => choosePeriod({ from: now - last, to: now }, now, more);

  it('is as fine as the retention holds', () => {
    assert.equal(of(hour), 60);
    assert.equal(of(14 * day), 300, 'fine data would be more points than a screen shows');
    assert.equal(choosePeriod({ from: now - 20 * day, to: now - 20 * day + hour }, now), 300);
    assert.equal(choosePeriod({ from: now - 64 * day, to: now - 64 * day + hour }, now), 3600);
  });

  it("is the alarm's own while those data are kept", () => {
    assert.equal(of(hour, { basePeriod: 10 }), 10);
    assert.equal(of(4 * hour, { basePeriod: 10 }), 60);
    assert.equal(of(hour, { basePeriod: 300 }), 300);
    assert.equal(of(14 * day, { basePeriod: 120 }), 360, "a multiple of the alarm's own");
  });

  it('never asks for more points than one call answers', () => {
    for (const seriesCount of [1, 7, 100, 500])
      for (const last of [hour, day, 14 * day, 455 * day]) {
        const points = (last / 1000 / of(last, { seriesCount })) * seriesCount;
        assert.ok(points <= 100_800, `${seriesCount} series over ${last / hour} h: ${points}`);
      }
  });

  it('is aligned to the clock', () => {
    assert.deepEqual(alignSpan({ from: 61_000, to: 119_000 }, 60), { from: 60_000, to: 120_000 });
  });
});

describe('points on a grid', () => {
  it('leave a gap where none came', () => {
    const points = new Map([
      [0, 1],
      [120_000, 3],
    ]);
    assert.deepEqual(onGrid(points, { from: 0, to: 180_000 }, 60), {
      times: [0, 60_000, 120_000],
      values: [1, null, 3],
    });
  });
  it('resolve a live range to now', () => {
    assert.deepEqual(resolveRange({ last: 60 }, 100_000), { from: 40_000, to: 100_000 });
    assert.deepEqual(resolveRange({ from: 1, to: 2 }, 100_000), { from: 1, to: 2 });
  });
});

describe('state bands', () => {
  const change = (at: number, from: 'OK' | 'ALARM', to: 'OK' | 'ALARM') =>
    ({ at, from, to, type: 'StateUpdate', summary: '' }) as const;
  const present = { state: 'OK', since: 30 } as const;

  it('fill the span from change to change', () => {
    assert.deepEqual(
      stateBands([change(30, 'ALARM', 'OK'), change(20, 'OK', 'ALARM')], present, { from: 10, to: 50 }),
      [
        { from: 10, to: 20, state: 'OK' },
        { from: 20, to: 30, state: 'ALARM' },
        { from: 30, to: 50, state: 'OK' },
      ],
    );
  });
  it('take what happened before the span for its beginning only', () => {
    const bands = stateBands([change(5, 'OK', 'ALARM')], present, { from: 10, to: 50 });
    assert.deepEqual(bands, [{ from: 10, to: 50, state: 'ALARM' }]);
  });
  it('know the present without any history, no further back than it holds', () => {
    assert.deepEqual(stateBands([], present, { from: 10, to: 50 }), [{ from: 30, to: 50, state: 'OK' }]);
    assert.deepEqual(stateBands([], present, { from: 10, to: 20 }), []);
  });
  it('are a line where there is no metric, with a gap where CloudWatch did not know', () => {
    const { times, values } = stateSeries([
      { from: 10, to: 20, state: 'OK' },
      { from: 20, to: 30, state: 'INSUFFICIENT_DATA' },
      { from: 30, to: 50, state: 'ALARM' },
    ]);
    assert.deepEqual(times, [10, 19, 20, 29, 30, 49]);
    assert.deepEqual(values, [0, 0, null, null, 1, 1]);
  });
});

describe('markers', () => {
  const clock = new FakeClock();
  const tick = (state: 'met' | 'missed') => ({ id: 'field', role: 'change', label: '', withinMs: 1, state }) as const;
  const run = (over: Partial<RunState> = {}): RunState => ({
    plan: aPlan(clock, { alarm: { arn: anAlarm().arn, scope: 'prod', name: 'front-end-cpu' } }),
    phase: 'verified',
    times: { planned: 1, running: 2, verified: 3 },
    ticks: [tick('met')],
    cancelling: false,
    ...over,
  });
  const hpa: ChartSubject = {
    kind: 'hpa',
    cluster: prod,
    namespace: 'sock-shop',
    name: 'front-end',
    uid: aTarget().uid,
  };
  const mark = { at: 2, label: run().plan.title, planId: run().plan.id };

  it('stand where a write began, on everything that it concerns', () => {
    for (const subject of [
      hpa,
      { ...hpa, kind: 'pod', name: 'front-end-1', uid: 'p' },
      { kind: 'node', cluster: prod, name: 'n', uid: 'n' },
      { kind: 'alarm', alarm: { arn: anAlarm().arn, scope: 'prod' }, name: 'x' },
    ] satisfies ChartSubject[])
      assert.deepEqual(markersFor([run()], subject), [mark], subject.kind);
  });

  it('do not stand on what is another', () => {
    const elsewhere = { ...prod, server: 'https://other' };
    for (const subject of [
      { ...hpa, uid: 'other' },
      { ...hpa, cluster: elsewhere },
      { ...hpa, kind: 'deployment', namespace: 'other' },
      { kind: 'alarm', alarm: { arn: 'other', scope: 'prod' }, name: 'x' },
    ] satisfies ChartSubject[])
      assert.deepEqual(markersFor([run()], subject), []);
  });

  it('are none for runs that ended without a change', () =>
    assert.deepEqual(markersFor([run({ phase: 'failed', ticks: [tick('missed')] })], hpa), []));

  it('stand where a run is under way', () =>
    assert.deepEqual(markersFor([run({ phase: 'running', ticks: [] })], hpa), [mark]));

  it('are none for plans that never ran', () =>
    assert.deepEqual(markersFor([run({ times: { planned: 1 } })], hpa), []));
});

describe('CSV', () => {
  const series = (label: string, times: number[], values: (number | null)[]): Series => ({
    id: label,
    label,
    unit: 'percent',
    axis: 'left',
    style: 'line',
    times,
    values,
  });
  const data = (...all: Series[]): ChartData => ({
    title: '',
    subtitle: '',
    from: 0,
    to: 1,
    stepSeconds: 60,
    series: all,
    bands: [],
    markers: [],
    source: '',
    links: [],
    notes: [],
  });

  it('has a row for each time and an empty cell for a gap', () => {
    assert.equal(
      toCsv(data(series('a', [0, 60_000], [1.5, null]), series('b', [60_000], [7]))),
      'time,a (percent),b (percent)\r\n1970-01-01T00:00:00.000Z,1.5,\r\n1970-01-01T00:01:00.000Z,,7\r\n',
    );
  });

  it('quotes, and disarms formulas', () => {
    const [header] = toCsv(data(series('=HYPERLINK("x"),', [], []), series('-a', [], []), series('@a', [], []))).split(
      '\r\n',
    );
    assert.equal(header, `time,"'=HYPERLINK(""x""), (percent)",'-a (percent),'@a (percent)`);
  });
});
