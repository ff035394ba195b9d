import assert from 'node:assert/strict';
import { join } from 'node:path';
import { JarvisError } from '../../../src/core/errors.ts';
import type { RunRegistry } from '../../../src/domain/remediation/run-registry.ts';
import { LazyRuns, mayBeThere } from '../../../src/services/lazy-runs.ts';
import { aRegistry, request } from '../../support/registry-world.ts';

/** Runs before they are needed, and what of them has happened. */
function lazyRuns({ receipts = false } = {}) {
  const { registry } = aRegistry();
  const world = { loads: 0, changes: [] as string[][] };
  const load = (): Promise<RunRegistry> => {
    world.loads++;
    return Promise.resolve(registry);
  };
  const runs = new LazyRuns(load, () => Promise.resolve(receipts));
  runs.onDidChange((ids) => world.changes.push([...ids]));
  return { runs, registry, world };
}

describe('runs before they are needed', () => {
  it('are none, and load nothing where no journal is: then that is known', async () => {
    const { runs, world } = lazyRuns();
    assert.deepEqual([runs.all, runs.unlocks, runs.journal.state], [[], [], 'loading']);
    await runs.restore();
    assert.equal(runs.journal.state, 'ready');
    assert.deepEqual(world, { loads: 0, changes: [[]] });
  });

  it('load once, with the first plan, and tell of it', async () => {
    const { runs, world } = lazyRuns();
    const { id } = await runs.plan(request, new AbortController().signal);
    await runs.plan(request, new AbortController().signal);
    assert.equal(world.loads, 1);
    assert.equal(runs.get(id)?.phase, 'planned');
    assert.deepEqual(world.changes[0], [id]);
  });

  it('say why the journal cannot be read, until it can', async () => {
    const { runs, registry, world } = lazyRuns({ receipts: true });
    const unreadable = new JarvisError({ code: 'journal.unreadable', message: 'no right' });
    Object.assign(registry, { restore: () => Promise.reject(unreadable) });
    await assert.rejects(runs.restore(), { code: 'journal.unreadable' });
    assert.ok(runs.journal.state === 'failed' && runs.journal.error.message === 'no right');
    Reflect.deleteProperty(registry, 'restore');
    await runs.restore();
    assert.equal(runs.journal.state, 'ready');
    assert.deepEqual(world.changes, [[], []]);
  });

  it('have no journal only where there is surely none', async () => {
    assert.equal(await mayBeThere(import.meta.dirname), true);
    assert.equal(await mayBeThere(join(import.meta.dirname, 'nowhere')), false);
    assert.equal(await mayBeThere(join(import.meta.filename, 'journal')), true);
  });

  it('let go of what was loaded with themselves', async () => {
    const { runs, registry } = lazyRuns();
    await runs.plan(request, new AbortController().signal);
    let told = 0;
    registry.onDidChange(() => told++);
    runs.dispose();
    await registry.plan(request, new AbortController().signal);
    assert.equal(told, 0);
  });
});
