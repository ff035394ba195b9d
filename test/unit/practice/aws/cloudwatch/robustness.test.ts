import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ApiError } from '../../../../../src/practice/aws/cloudwatch/errors.ts';
import { operations } from '../../../../../src/practice/aws/cloudwatch/operations/table.ts';
import { CloudWatchService } from '../../../../../src/practice/aws/cloudwatch/service.ts';
import { loadServiceModel, type ServiceModel } from '../../../../support/botocore.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

/** Values for a shape of the model: mostly of its type and within its limits, so that they get past the first check. */
function arbitrary(model: ServiceModel, name: string, depth = 0): fc.Arbitrary<unknown> {
  const shape = model.shapes[name];
  const inner = (member = '') => arbitrary(model, member, depth + 1);
  if (!shape || depth > 5) return fc.constant(undefined);
  switch (shape.type) {
    case 'structure': {
      const members = Object.entries(shape.members ?? {}).map(([key, member]) => [key, inner(member.shape)] as const);
      return fc.record(Object.fromEntries(members), { requiredKeys: [...(shape.required ?? [])] });
    }
    case 'list':
      return fc.array(inner(shape.member?.shape), { maxLength: 4 });
    case 'map':
      return fc.dictionary(fc.string(), inner(shape.value?.shape), { maxKeys: 3 });
    case 'string':
      return shape.enum ? fc.constantFrom(...shape.enum) : fc.oneof(known, fc.string());
    case 'boolean':
      return fc.boolean();
    case 'timestamp':
      return fc.oneof(
        fc.integer({ min: -7200, max: 60 }).map((seconds) => now / 1000 + seconds),
        fc.double(),
      );
    default:
      return fc.oneof(fc.constantFrom(1, 10, 60, 300, 0, -1), fc.integer(), fc.double());
  }
}

const now = Date.parse('2026-11-21T09:00:00Z');
/** Texts that mean something somewhere. */
const known = fc.constantFrom(
  'a',
  'm1',
  'Sum',
  'p90',
  'ALARM(a)',
  'm1 / 2',
  "SEARCH('a', 'Sum', 60)",
  'SUM(METRICS())',
  'FILL(m1, 0)',
  'ignore',
);

const silent = { publish: () => Promise.resolve(), putEvent: () => Promise.resolve() };

const wild = fc.oneof({ weight: 1, arbitrary: fc.jsonValue() }, { weight: 1, arbitrary: fc.constant({}) });

describe('any input to any operation', () => {
  let model: ServiceModel;
  before(async function () {
    this.timeout('5m'); // the first run of a machine fetches botocore
    model = await loadServiceModel('cloudwatch', '2010-08-01');
  });

  it('fills no gap without end', () => {
    const service = new CloudWatchService(new FakeClock(now), { accountId: '1', region: 'us-east-1' }, silent);
    const MetricStat = { Metric: { Namespace: 'N', MetricName: 'm' }, Period: 1, Stat: 'Sum' };
    const MetricDataQueries = [
      { Id: 'm1', MetricStat },
      { Id: 'e', Expression: 'FILL(m1, 0)' },
    ];
    const run = operations.get('GetMetricData') ?? assert.fail();
    assert.throws(() => run(service, { MetricDataQueries, StartTime: -1e12, EndTime: now / 1000 }), ApiError);
    return service.close();
  });

  for (const [name, run] of operations) {
    it(`${name} answers or says what is wrong`, async () => {
      const clock = new FakeClock(now);
      const service = new CloudWatchService(clock, { accountId: '123456789012', region: 'us-east-1' }, silent);
      const shaped = arbitrary(model, model.operations[name]?.input?.shape ?? '');
      fc.assert(
        fc.property(fc.oneof({ weight: 9, arbitrary: shaped }, { weight: 1, arbitrary: wild }), (input) => {
          try {
            run(service, input);
          } catch (error) {
            assert.ok(error instanceof ApiError && error.status < 500, String(error));
          }
        }),
        { numRuns: 300 },
      );
      await clock.advance(60_000);
      await service.close();
    });
  }
});
