import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseDuration } from '../../src/domain/kubernetes/duration.ts';
import { cpuOf, memoryOf, parseQuantity } from '../../src/domain/kubernetes/quantity.ts';
import { damaged } from './generators.ts';
import { always } from './support.ts';

const digits = fc.oneof(
  { weight: 40, arbitrary: fc.stringMatching(/^\d{1,20}$/) },
  { weight: 1, arbitrary: fc.constantFrom('9'.repeat(50_000), '0'.repeat(50_000)) },
);
const number = fc
  .tuple(fc.constantFrom('', '', '-', '+'), digits, fc.constantFrom('', '.'), fc.oneof(fc.constant(''), digits))
  .map((parts) => parts.join(''));
const suffix = fc.constantFrom(
  '',
  'n',
  'u',
  'm',
  'k',
  'M',
  'G',
  'T',
  'P',
  'E',
  'Ki',
  'Mi',
  'Gi',
  'Ti',
  'Pi',
  'Ei',
  'e3',
  'E-3',
  'e999',
  'x',
);
const quantity = fc.tuple(number, suffix).map((parts) => parts.join(''));

describe('any quantity', () => {
  always('is a number that can be counted with, or none', damaged(quantity), (text) => {
    for (const value of [parseQuantity(text), memoryOf(text)])
      assert.ok(value === undefined || Math.abs(value) < 1e19, String(value));
    const cpu = cpuOf(text);
    assert.ok(cpu === undefined || Number.isFinite(cpu));
  });

  always('of whole millicores and bytes is read back', fc.nat(), (amount) => {
    assert.equal(cpuOf(`${amount}m`), amount);
    assert.equal(cpuOf(`${amount}000u`), amount);
    assert.equal(memoryOf(`${amount}`), amount);
    assert.equal(memoryOf(`${amount}Ki`), amount * 1024);
  });
});

const unit = fc.constantFrom('h', 'm', 's', 'ms', 'us', 'µs', 'μs', 'ns');
const duration = fc
  .array(fc.tuple(fc.oneof(digits, number), unit), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.flat().join(''));

describe('any duration', () => {
  always('is a number of seconds, or none', damaged(duration), (text) => {
    const value = parseDuration(text);
    assert.ok(value === undefined || Number.isFinite(value), String(value));
  });

  always('is read as Go writes it', fc.tuple(fc.nat(9999), fc.nat(59), fc.nat(59), fc.nat(999)), ([h, m, s, ms]) => {
    const value = parseDuration(`${h}h${m}m${s}.${String(ms).padStart(3, '0')}s`) ?? NaN;
    assert.ok(Math.abs(value - (h * 3600 + m * 60 + s + ms / 1000)) < 1e-6);
    assert.ok(Math.abs((parseDuration(`${ms}ms${s}us${m}ns`) ?? NaN) - (ms / 1e3 + s / 1e6 + m / 1e9)) < 1e-12);
  });
});
