import assert from 'node:assert/strict';
import type { Series } from '../../../src/domain/metrics/model.ts';
import { keyAction } from '../../../src/webviews/app/chart/keyboard.ts';
import { readLook } from '../../../src/webviews/app/chart/look.ts';
import { customRange, presetLabel, presets, toLocalInput } from '../../../src/webviews/app/chart/ranges.ts';
import { rowsOf } from '../../../src/webviews/app/chart/rows.ts';
import { valueAt } from '../../../src/webviews/app/plot/read.ts';
import { scaleOf, scalesOf, unitInWords } from '../../../src/webviews/app/plot/scales.ts';
import { axisTime, elapsed, setLanguage, took, withUnit } from '../../../src/webviews/app/shared/format.ts';

const series = (over: Partial<Series>): Series => ({
  id: 'a',
  label: 'A',
  unit: 'percent',
  axis: 'left',
  style: 'line',
  times: [0, 60, 120],
  values: [1, null, 3],
  ...over,
});

describe('what a line says at a moment', () => {
  it('is its nearest point, a gap where there is one, and nothing far away', () => {
    assert.equal(valueAt(series({}), 20, 60), 1);
    assert.equal(valueAt(series({}), 70, 60), null);
    assert.equal(valueAt(series({}), 110, 60), 3);
    assert.equal(valueAt(series({}), 500, 60), undefined);
  });

  it('is the last point before for steps, and the one value for a threshold', () => {
    assert.equal(valueAt(series({ style: 'step', values: [2, 4, 6] }), 119, 1), 4);
    assert.equal(valueAt(series({ style: 'threshold', times: [100, 200], values: [60, 60] }), 10, 1), 60);
  });
});

describe('the axes of a chart', () => {
  const percent = series({});
  const limit = series({ id: 'limit', style: 'threshold', unit: 'none' });
  const count = series({ id: 'b', unit: 'count' });
  const replicas = series({ id: 'c', unit: 'count', axis: 'right' });
  const edges = (...all: Series[]) => scalesOf(all).map(({ unit, edge }) => `${edge} ${unit}`);

  it('are one for each unit, and never one for two', () => {
    assert.deepEqual(edges(percent, series({ id: 'd' })), ['left percent']);
    assert.deepEqual(edges(percent, count), ['left percent', 'right count']);
    assert.deepEqual(edges(count, replicas), ['left count', 'right count'], 'what is read on another edge');
    assert.deepEqual(edges(percent, count, series({ unit: 'bytes' })), ['left percent', 'right count', 'right bytes']);
    assert.deepEqual(edges(replicas), ['right count']);
  });

  it('let a threshold stand with the first line, whatever it is called', () => {
    const scales = scalesOf([limit, count, percent]);
    assert.deepEqual(
      scales.map(({ unit }) => unit),
      ['count', 'percent'],
    );
    assert.equal(scaleOf(limit, scales), scaleOf(count, scales));
    assert.notEqual(scaleOf(limit, scales), scaleOf(percent, scales));
    assert.deepEqual(edges(limit), ['left none'], 'alone it is all there is');
  });

  it('are titled with their unit', () => {
    assert.deepEqual(
      scalesOf([percent, count, limit]).map(({ unit }) => unitInWords(unit)),
      ['Percent', 'Count'],
    );
    assert.equal(unitInWords('none'), '');
  });
});

describe('the table', () => {
  it('has a row for each time of any series, newest first, gaps as null', () => {
    const rows = rowsOf([series({}), series({ id: 'b', times: [60, 180], values: [7, 8] })], 0, 180);
    assert.deepEqual(rows, [
      { at: 180, values: [undefined, 8] },
      { at: 120, values: [3, undefined] },
      { at: 60, values: [null, 7] },
      { at: 0, values: [1, undefined] },
    ]);
  });

  it('holds to the view', () => {
    assert.deepEqual(rowsOf([series({})], 50, 100), [{ at: 60, values: [null] }]);
  });
});

describe('keys on the chart', () => {
  const full = { from: 0, to: 100 };
  const times = [0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100];
  const press = (key: string, cursor?: number, shift = false, view = full) =>
    keyAction(key, shift, { times, full, view, cursor });

  it('walk the points, and stop at the ends', () => {
    assert.deepEqual(press('ArrowRight', 20), { cursor: 30 });
    assert.deepEqual(press('ArrowLeft', 20), { cursor: 10 });
    assert.deepEqual(press('ArrowLeft', 0), { cursor: 0 });
    assert.deepEqual(press('ArrowRight', 95, true), { cursor: 100 });
    assert.deepEqual(press('Home', 50), { cursor: 0 });
    assert.deepEqual(press('End', 50), { cursor: 100 });
    assert.deepEqual(press('ArrowRight'), { cursor: 100 });
  });

  it('zoom about the cursor, and Escape resets', () => {
    assert.deepEqual(press('+', 20), { zoom: { from: 10, to: 60 } });
    assert.deepEqual(press('-', 30, false, { from: 20, to: 40 }), { zoom: { from: 10, to: 50 } });
    assert.deepEqual(press('-', 50), { zoom: undefined });
    assert.deepEqual(press('Escape', 20), { zoom: undefined });
    assert.equal(press('a', 20), undefined);
  });
});

describe('ranges', () => {
  it('are named as CloudWatch names them', () => {
    assert.deepEqual(presets.map(presetLabel), ['1 h', '3 h', '12 h', '1 d', '3 d', '1 w', '2 w']);
  });

  it('of two inputs are checked where they are typed', () => {
    const now = Date.parse('2026-11-21T12:00');
    assert.deepEqual(customRange('2026-11-21T09:00', '2026-11-21T10:00', now), {
      from: Date.parse('2026-11-21T09:00'),
      to: Date.parse('2026-11-21T10:00'),
    });
    assert.ok('problem' in customRange('2026-11-21T11:00', '2026-11-21T10:00', now));
    assert.ok('problem' in customRange('', '2026-11-21T10:00', now));
    assert.ok('problem' in customRange('2026-11-22T11:00', '2026-11-23T10:00', now));
  });

  it('go into the inputs in local time', () => {
    assert.equal(toLocalInput(new Date(2026, 10, 21, 9, 5).getTime()), '2026-11-21T09:05');
  });
});

describe('numbers and times', () => {
  before(() => setLanguage('en'));

  it('carry their unit, in the size that people read', () => {
    assert.equal(withUnit(92.34, 'percent'), '92.3 %');
    assert.equal(withUnit(250, 'millicores'), '250 m');
    assert.equal(withUnit(1500, 'millicores'), '1.5 cores');
    assert.equal(withUnit(128 * 1024 ** 2, 'bytes'), '128 MiB');
    assert.equal(withUnit(0, 'bytes'), '0 B');
    assert.equal(withUnit(0.25, 'seconds'), '250 ms');
    assert.equal(withUnit(12_345, 'count'), '12,345');
  });

  it('count as a stopwatch does', () => {
    assert.deepEqual([42_000, 725_000, 3_723_000, -5].map(elapsed), ['0:42', '12:05', '1:02:03', '0:00']);
    assert.deepEqual([3000, 120_000, 125_000, 3_840_000].map(took), ['3 s', '2 min', '2 min 5 s', '1 h 4 min']);
  });

  it('are as coarse on the axis as its step', () => {
    const at = new Date(2026, 10, 21, 9, 5, 7).getTime();
    assert.equal(axisTime(at, 1000), '09:05:07');
    assert.equal(axisTime(at, 60_000), '09:05');
    assert.equal(axisTime(at, 86_400_000), 'Nov 21');
    assert.equal(axisTime(new Date(2026, 10, 22).getTime(), 3_600_000), 'Nov 22');
  });

  it('survive a language that the engine does not know', () => {
    setLanguage('qps-ploc');
    assert.match(withUnit(1, 'percent'), /1 %/);
    setLanguage('en');
  });
});

describe('what the page remembers', () => {
  it('is read back, and nonsense is forgotten', () => {
    assert.deepEqual(readLook({ look: { mode: 'table', zoom: { from: 1, to: 2 } } }), {
      mode: 'table',
      zoom: { from: 1, to: 2 },
    });
    assert.deepEqual(readLook({ look: { mode: 7, zoom: 'x' } }), { mode: 'chart' });
    assert.deepEqual(readLook({}), { mode: 'chart' });
  });
});
