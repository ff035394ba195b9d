import assert from 'node:assert/strict';
import fc from 'fast-check';
import { downsample, type Points } from '../../../src/webviews/app/plot/downsample.ts';

const line = (values: readonly (number | null)[], step = 1): Points => ({
  times: values.map((_, index) => index * step),
  values,
});

describe('downsample', () => {
  it('keeps every point while they are few', () => {
    const points = line([1, 2, null, 4]);
    assert.deepEqual(downsample(points, 0, 3, 100), points);
  });

  it('draws 100,000 points with at most five a column', () => {
    const points = line(Array.from({ length: 100_000 }, (_, index) => Math.sin(index / 50)));
    const drawn = downsample(points, 0, 99_999, 1000);
    assert.ok(drawn.times.length <= 5_005, String(drawn.times.length));
  });

  it('never loses a peak, a trough or a gap', () => {
    const values: (number | null)[] = new Array<number>(50_000).fill(1);
    values[12_345] = 100;
    values[23_456] = -100;
    values[34_567] = null;
    const drawn = downsample(line(values), 0, 49_999, 300);
    assert.equal(drawn.values[drawn.times.indexOf(12_345)], 100);
    assert.equal(drawn.values[drawn.times.indexOf(23_456)], -100);
    assert.equal(drawn.values[drawn.times.indexOf(34_567)], null);
  });

  it('keeps one neighbour on either side of the view, so that lines reach its edges', () => {
    const drawn = downsample(line([0, 1, 2, 3, 4, 5, 6]), 2, 4, 100);
    assert.deepEqual(drawn.times, [1, 2, 3, 4]);
  });

  it('has nothing to draw of nothing', () => {
    assert.deepEqual(downsample(line([]), 0, 10, 100), { times: [], values: [] });
  });

  it('for any line: ascending, taken from the data, with the extremes of the view', () => {
    const value = fc.option(fc.integer({ min: -1000, max: 1000 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.integer({ min: 1, max: 20 }),
        (values, columns) => {
          const drawn = downsample(line(values), 0, values.length, columns);
          assert.ok(drawn.times.every((time, index) => index === 0 || time > (drawn.times[index - 1] ?? Infinity)));
          assert.ok(drawn.times.every((time, index) => values[time] === drawn.values[index]));
          const real = values.filter((one) => one !== null);
          const kept = drawn.values.filter((one) => one !== null);
          if (real.length > 0) {
            assert.equal(Math.max(...kept), Math.max(...real));
            assert.equal(Math.min(...kept), Math.min(...real));
          }
          assert.equal(drawn.values.includes(null), values.includes(null));
        },
      ),
    );
  });
});
