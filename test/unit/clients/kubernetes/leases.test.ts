import assert from 'node:assert/strict';
import { systemClock } from '../../../../src/core/clock.ts';
import { type Shared, LeasePool } from '../../../../src/clients/kubernetes/leases.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { namesWhen } from '../../../support/kubernetes/client.ts';
import { harness, namespace, watchesOpened } from '../../../support/kubernetes/harness.ts';

/** Notes when it runs. */
class Work implements Shared {
  readonly log: string[] = [];
  run(signal: AbortSignal): Promise<void> {
    this.log.push('run');
    signal.addEventListener('abort', () => this.log.push('stop'));
    return Promise.resolve();
  }
  paused(): void {
    this.log.push('paused');
  }
  dispose(): void {
    this.log.push('disposed');
  }
}

describe('leases', () => {
  let clock: FakeClock;
  let pool: LeasePool;
  beforeEach(() => {
    clock = new FakeClock();
    pool = new LeasePool(clock);
  });

  it('run one piece of work for all who ask for it', () => {
    const first = pool.lease('key', () => new Work());
    const second = pool.lease('key', () => new Work());
    assert.equal(first.shared, second.shared);
    assert.deepEqual(first.shared.log, ['run']);
  });

  it('end it a while after the last has let go, however often one lets go', async () => {
    const first = pool.lease('key', () => new Work());
    const second = pool.lease('key', () => new Work());
    first.dispose();
    first.dispose();
    await clock.advance(60_000);
    assert.deepEqual(second.shared.log, ['run']);
    second.dispose();
    await clock.advance(9000);
    assert.deepEqual(second.shared.log, ['run']);
    await clock.advance(2000);
    assert.deepEqual(second.shared.log, ['run', 'stop', 'disposed']);
    assert.notEqual(pool.lease('key', () => new Work()).shared, second.shared);
  });

  it('keep it for whoever comes back soon', async () => {
    const first = pool.lease('key', () => new Work());
    first.dispose();
    await clock.advance(5000);
    const again = pool.lease('key', () => new Work());
    await clock.advance(60_000);
    assert.deepEqual(again.shared.log, ['run']);
    assert.equal(again.shared, first.shared);
  });

  it('pause it after a minute unseen and resume it at once', async () => {
    const { shared } = pool.lease('key', () => new Work());
    pool.setVisible(false);
    await clock.advance(59_000);
    assert.deepEqual(shared.log, ['run']);
    await clock.advance(2000);
    assert.deepEqual(shared.log, ['run', 'stop', 'paused']);
    pool.setVisible(true);
    assert.deepEqual(shared.log, ['run', 'stop', 'paused', 'run']);
  });

  it('do not pause for a glance elsewhere, nor start anything unseen', async () => {
    const { shared } = pool.lease('key', () => new Work());
    pool.setVisible(false);
    await clock.advance(30_000);
    pool.setVisible(true);
    await clock.advance(60_000);
    assert.deepEqual(shared.log, ['run']);
    pool.setVisible(false);
    await clock.advance(61_000);
    assert.deepEqual(pool.lease('other', () => new Work()).shared.log, []);
  });

  it('leave nothing running at the end', () => {
    const { shared } = pool.lease('key', () => new Work());
    pool.dispose();
    assert.deepEqual(shared.log, ['run', 'stop', 'disposed']);
    assert.equal(clock.pending, 0);
  });
});

describe('a shared watch', function () {
  this.timeout(20_000);
  it('is one stream for two who look, of one kind and scope', async () => {
    const at = await harness({ clock: systemClock });
    try {
      at.server.put('namespaces', namespace('default'));
      const first = at.cluster.watch('namespaces');
      const second = at.cluster.watch('namespaces');
      assert.equal(first.store, second.store);
      await namesWhen(second.store, (names) => names.length === 1);
      assert.deepEqual(watchesOpened(at.server), ['all']);
    } finally {
      await at.dispose();
    }
  });
});
