import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkMaxReplicas, maxReplicasOf } from '../../../../src/domain/remediation/scale-hpa/inputs.ts';

const hpa = { name: 'front-end', minReplicas: 2, maxReplicas: 4 };

describe('maxReplicas as typed', () => {
  for (const text of ['', ' ', 'ten', '4.5', '1e2', '-3', '0x10', '99999999999', '2147483648', '８']) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const verdict = checkMaxReplicas(text, hpa);
      assert.deepEqual(verdict, { ok: false, message: 'Type a whole number.' });
    });
  }

  it('refuses 0, less than minReplicas, and what it is already, each with its reason', () => {
    const why = (text: string) => {
      const verdict = checkMaxReplicas(text, hpa);
      return verdict.ok ? undefined : verdict.message;
    };
    assert.match(why('0') ?? '', /greater than 0/);
    assert.match(why('1') ?? '', /minReplicas, which is 2/);
    assert.match(why('4') ?? '', /is 4 already/);
  });

  it('takes what is sensible, and warns far above the present maximum', () => {
    assert.deepEqual(checkMaxReplicas(' 10 ', hpa), { ok: true, value: 10 });
    const far = checkMaxReplicas('100', hpa);
    assert.ok(far.ok && far.warning);
    assert.match(far.warning, /far above the present maximum of 4/);
  });

  it('lets through whole numbers from minReplicas to the largest int32 only', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String)), (text) => {
        const verdict = checkMaxReplicas(text, hpa);
        if (!verdict.ok) return;
        assert.ok(Number.isInteger(verdict.value) && verdict.value >= 2 && verdict.value < 2 ** 31);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is checked the same for whoever does not type', () => {
    assert.equal(maxReplicasOf({ maxReplicas: 10 }, hpa).value, 10);
    const bad = [
      1,
      -3,
      4.5,
      2 ** 31,
      1e21,
      NaN,
      Infinity,
      '10; rm -rf /',
      '10Gi',
      '1e2',
      true,
      [10],
      {},
      null,
      undefined,
    ];
    for (const maxReplicas of bad) {
      assert.throws(
        () => maxReplicasOf({ maxReplicas }, hpa),
        { code: 'remediation.badInput' },
        JSON.stringify(maxReplicas),
      );
    }
  });
});
