import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/clock.ts';
import { parseTime, retryAfter, validTime } from '../../../src/core/time.ts';

describe('a time', () => {
  for (const [text, iso] of [
    ['2026-11-21T09:00:00Z', '2026-11-21T09:00:00.000Z'],
    ['2026-11-21T09:00:00.123456789+09:00', '2026-11-21T00:00:00.123Z'],
    ['2026-11-21T09:00:00.000+0000', '2026-11-21T09:00:00.000Z'],
  ] as const)
    it(`is read from ${text}`, () => assert.equal(new Date(parseTime(text) ?? NaN).toISOString(), iso));

  for (const text of ['', '1', 'soon 12', '2026-11-21', '2026-13-21T09:00:00Z', '2026-11-21T09:00:00'])
    it(`is none: ${JSON.stringify(text)}`, () => assert.equal(parseTime(text), undefined));

  it('is none where no Date can hold it', () => {
    assert.deepEqual([validTime(8.64e15), validTime(9e15), validTime(NaN)], [8.64e15, undefined, undefined]);
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-11-21T09:00:00Z');
  for (const [header, seconds] of [
    ['7', 7],
    ['Sat, 21 Nov 2026 09:00:30 GMT', 30],
    ['Sat, 21 Nov 2026 08:00:00 GMT', undefined],
    ['0', undefined],
    ['-5', undefined],
    ['Infinity', undefined],
    ['soon', undefined],
    ['99999999999', 3600],
  ] as const)
    it(`of ${header} asks for ${seconds ?? 'no wait'}`, () => assert.equal(retryAfter(header, now), seconds));
});

describe('the clock of the system', () => {
  it('does not call at once when it is asked to wait for months', async () => {
    let calls = 0;
    const timer = systemClock.after(1e11, () => calls++);
    await new Promise((resolve) => setTimeout(resolve, 20));
    timer.dispose();
    assert.equal(calls, 0);
  });
});
