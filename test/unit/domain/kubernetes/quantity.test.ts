import assert from 'node:assert/strict';
import { cpuOf, memoryOf, parseQuantity } from '../../../../src/domain/kubernetes/quantity.ts';

describe('a quantity', () => {
  for (const [text, value] of [
    ['0', 0],
    ['1', 1],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['-3', -3],
    ['100m', 0.1],
    ['250u', 0.00025],
    ['2k', 2000],
    ['1Ki', 1024],
    ['1.5Gi', 1.5 * 2 ** 30],
    ['2E', 2e18],
    ['1e3', 1000],
    ['12E2', 1200],
    ['1e-3', 0.001],
  ] as const)
    it(`reads ${text}`, () => {
      assert.equal(parseQuantity(text), value);
    });

  for (const text of ['', 'x', '1x', '1 Gi', '1ki', '--1', '1e', 'Ki', '1KiB', '1e99999', 'NaN', 'Infinity'])
    it(`does not take ${JSON.stringify(text)} for one`, () => {
      assert.equal(parseQuantity(text), undefined);
    });

  it('is capped where Kubernetes caps it, however long it is written', () => {
    for (const text of ['1e999', '9'.repeat(400), '100E']) assert.equal(parseQuantity(text), 2 ** 63);
    assert.equal(parseQuantity('-1e999'), -(2 ** 63));
  });

  it('that is none is refused as fast when it is long', () => {
    const before = process.cpuUsage();
    assert.equal(parseQuantity(`${'9'.repeat(100_000)}x`), undefined);
    assert.ok(process.cpuUsage(before).user < 500_000);
  });

  it('is rounded up to whole millicores and bytes, as the scheduler does', () => {
    assert.deepEqual(['1', '200m', '1500000n', '0.0001'].map(cpuOf), [1000, 200, 2, 1]);
    assert.deepEqual(['128Mi', '1.1k', '1500m'].map(memoryOf), [128 * 2 ** 20, 1100, 2]);
  });
});
