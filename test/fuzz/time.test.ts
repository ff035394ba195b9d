import assert from 'node:assert/strict';
import fc from 'fast-check';
import { apiError } from '../../src/clients/kubernetes/errors.ts';
import { secondsToWait } from '../../src/clients/github/rate-limit.ts';
import { parseTime, retryAfter } from '../../src/core/time.ts';
import { damaged } from './generators.ts';
import { always } from './support.ts';

const date = fc.date({
  min: new Date('0001-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const written = fc
  .tuple(date, fc.constantFrom('', '.5', '.123456789'), fc.constantFrom('Z', '+09:00', '-0330', '+0000'))
  .map(([its, fraction, zone]) => its.toISOString().slice(0, 19) + fraction + zone);

describe('any time', () => {
  always('is one that a Date can hold, or none', damaged(written), (text) => {
    const time = parseTime(text);
    if (time === undefined) return;
    assert.match(text, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/);
    assert.ok(Math.abs(Date.parse(text.slice(0, 19) + 'Z') - time) <= 24 * 3_600_000 + 1000);
  });

  always('is read back as it was written', date, (its) => {
    assert.equal(parseTime(its.toISOString()), its.getTime());
    assert.equal(parseTime(its.toISOString().replace('Z', '+0000')), its.getTime());
  });
});

const now = Date.parse('2026-11-21T09:00:00Z');
const header = fc.oneof(
  fc.nat().map(String),
  fc.constantFrom('Infinity', '1e9', '0x10', '-1', '1.5', '9'.repeat(400), ''),
  date.map((its) => its.toUTCString()),
);

describe('any Retry-After', () => {
  always('asks for a wait that ends, or for none', damaged(header), (text) => {
    const seconds = retryAfter(text, now);
    if (seconds !== undefined) assert.ok(seconds > 0 && seconds <= 3600, String(seconds));
    const told = apiError('lab', { code: 429 }, text).retryAfterSeconds;
    assert.ok(told === undefined || (told > 0 && told <= 3600));
  });

  const headers = fc.record(
    { 'retry-after': header, 'x-ratelimit-remaining': fc.constantFrom('0', '1'), 'x-ratelimit-reset': header },
    { requiredKeys: [] },
  );
  always('and rate limit of GitHub too', fc.tuple(fc.constantFrom(403, 429), headers), ([status, its]) => {
    const seconds = secondsToWait(status, new Headers({ ...its }), now);
    assert.ok(seconds === undefined || (seconds >= 0 && seconds <= 3600), String(seconds));
  });

  always('is kept when it is short', fc.integer({ min: 1, max: 3600 }), (seconds) => {
    assert.equal(retryAfter(String(seconds), now), seconds);
    assert.equal(retryAfter(new Date(now + seconds * 1000).toUTCString(), now), seconds);
  });
});
