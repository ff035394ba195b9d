import assert from 'node:assert/strict';
import { listMetrics } from '../../../../../src/practice/aws/cloudwatch/operations/list-metrics.ts';
import { CloudWatchService } from '../../../../../src/practice/aws/cloudwatch/service.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const hour = 3_600_000;

describe('which metrics are listed', () => {
  it('those with data in two weeks, or in three hours when asked', async () => {
    const clock = new FakeClock();
    const actions = { publish: () => Promise.resolve(), putEvent: () => Promise.resolve() };
    const service = new CloudWatchService(clock, { accountId: '123456789012', region: 'us-east-1' }, actions);
    for (const age of [1, 4, 15 * 24]) {
      const metric = { namespace: 'Lab', name: `${age} h ago`, dimensions: [] };
      const time = clock.now() - age * hour;
      service.metrics.put({ metric, unit: 'None', time, resolution: 60, samples: [{ value: 1, count: 1 }] }, time);
    }
    const names = (input: object) => {
      const { Metrics } = listMetrics(service, input) as { Metrics: { MetricName: string }[] };
      return Metrics.map((metric) => metric.MetricName);
    };
    assert.deepEqual(names({}), ['1 h ago', '4 h ago']);
    assert.deepEqual(names({ RecentlyActive: 'PT3H' }), ['1 h ago']);
    await service.close();
  });
});
