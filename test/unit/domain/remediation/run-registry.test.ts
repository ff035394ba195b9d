import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { planLifetimeMs } from '../../../../src/domain/remediation/plan.ts';
import { isUndoable } from '../../../../src/domain/remediation/undo.ts';
import { MemoryJournal } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { aRegistry, request } from '../../../support/registry-world.ts';

const { signal } = new AbortController();

describe('RunRegistry', () => {
  it('tells of each plan by its id, newest first', async () => {
    const { registry, clock } = aRegistry();
    const told: string[] = [];
    registry.onDidChange((ids) => told.push(...ids));
    await registry.plan(request, signal);
    await clock.advance(1_000);
    await registry.plan(request, signal);
    assert.deepEqual(
      registry.all.map(({ plan }) => plan.id),
      ['jv-plan2', 'jv-plan1'],
    );
    assert.deepEqual(told, ['jv-plan1', 'jv-plan2']);
  });

  it('lets an open plan expire by itself', async () => {
    const { registry, clock, route } = aRegistry();
    const { id } = await registry.plan(request, signal);
    await clock.advance(planLifetimeMs);
    assert.equal(registry.get(id)?.phase, 'expired');
    await registry.confirm(id);
    assert.equal(route.sent.length, 0);
  });

  it('lets a plan expire whose object changes while somebody looks at it', async () => {
    const { registry, clock, route, guard } = aRegistry();
    const { id } = await registry.plan(request, signal);
    registry.watch(id).dispose();
    await clock.advance(0);
    assert.equal(guard.following, 0, 'not for a page that is closed');
    registry.watch(id);
    const message = 'spec.maxReplicas of front-end is 6 now, not 4.';
    guard.change(new JarvisError({ code: 'remediation.changedSince', message }));
    await clock.advance(0);
    const { phase, error } = registry.get(id) ?? assert.fail();
    assert.deepEqual([phase, error?.message, guard.following], ['expired', message, 0]);
    await registry.confirm(id);
    assert.equal(route.sent.length, 0);
  });

  it('undoes by the inverse inputs, on the same object, by the same route', async () => {
    const { registry, asked, carryOut } = aRegistry();
    const { id } = await registry.plan(request, signal);
    const done = await carryOut(id);
    assert.ok(isUndoable(done));
    const undo = await registry.planUndo(id, signal);
    assert.equal(undo.undoOf, id);
    assert.deepEqual(asked[1]?.inputs, { maxReplicas: 4 });
    assert.equal(asked[1].route, 'direct');

    await carryOut(undo.id);
    const taken = registry.get(id);
    assert.equal(taken?.undoneBy, undo.id);
    assert.ok(!isUndoable(taken), 'it is not taken back twice');
  });

  it('counts as taken back what was seen to be, though not all that should follow was', async () => {
    const { registry, route, observer, clock, carryOut } = aRegistry();
    const { id } = await registry.plan(request, signal);
    await carryOut(id);
    const undo = await registry.planUndo(id, signal);
    route.finish('failure');
    observer.sees('field', { met: true, seen: '4', at: clock.now() });
    assert.equal((await registry.confirm(undo.id)).phase, 'failed');
    assert.equal(registry.get(id)?.undoneBy, undo.id);
  });

  it('does not take a plan back twice at a time', async () => {
    const { registry, route, clock, carryOut } = aRegistry();
    const { id } = await registry.plan(request, signal);
    await carryOut(id);
    const [first, second] = [await registry.planUndo(id, signal), await registry.planUndo(id, signal)];
    route.follow = () => new Promise(() => undefined);
    void registry.confirm(first.id);
    await clock.advance(0);
    const { phase, error } = await registry.confirm(second.id);
    assert.deepEqual([phase, error?.code], ['expired', 'remediation.undoneElsewhere']);
    assert.equal(route.sent.length, 2, 'the plan and the first undo');
    assert.equal(await registry.claim(id), false, 'nobody has to see to its way back');
  });

  it('refuses an undo when the object has changed since', async () => {
    const { registry, guard, carryOut, asked } = aRegistry();
    const { id } = await registry.plan(request, signal);
    await carryOut(id);
    guard.failure = new JarvisError({
      code: 'remediation.changedSince',
      message: 'spec.maxReplicas is 12 now, not 10.',
    });
    await assert.rejects(registry.planUndo(id, signal), { code: 'remediation.changedSince' });
    assert.equal(asked.length, 1, 'no plan was made');
    assert.equal((await registry.planUndo(id, signal, 'even if changed')).undoOf, id);
  });

  it('offers no undo of what cannot be taken back, and says why', async () => {
    const impossible = 'All pods would only start once more.';
    const { registry, carryOut, asked } = aRegistry(new MemoryJournal(), new FakeClock(), { inverse: { impossible } });
    const { id } = await registry.plan(request, signal);
    assert.ok(!isUndoable(await carryOut(id)));
    await assert.rejects(registry.planUndo(id, signal), { code: 'remediation.noUndo', message: impossible });
    assert.equal(asked.length, 1, 'no plan was made');
  });

  it('says so when a plan is not there any more', async () => {
    const { registry } = aRegistry();
    await assert.rejects(registry.confirm('jv-gone'), { code: 'remediation.noPlan' });
  });

  describe('after a reload of the window', () => {
    it('shows receipts again and carries on with what was left', async () => {
      const before = aRegistry();
      const first = await before.registry.plan(request, signal);
      await before.carryOut(first.id);
      const second = await before.registry.plan(request, signal);
      before.route.follow = () => new Promise(() => undefined);
      void before.registry.confirm(second.id);
      await before.clock.advance(0);
      before.registry.dispose();

      const after = aRegistry(before.journal, before.clock);
      after.route.finish('success');
      after.observer.sees('field', { met: true, seen: '10', at: 0 });
      await after.registry.restore();
      await after.clock.advance(0);
      assert.equal(after.registry.get(first.id)?.phase, 'verified');
      assert.equal(after.registry.get(second.id)?.phase, 'verified');
      assert.equal(after.route.sent.length, 0, 'nothing is sent again');
    });

    it('knows that a plan was taken back by what it carries on with', async () => {
      const before = aRegistry();
      const { id } = await before.registry.plan(request, signal);
      await before.carryOut(id);
      const undo = await before.registry.planUndo(id, signal);
      before.route.follow = () => new Promise(() => undefined);
      void before.registry.confirm(undo.id);
      await before.clock.advance(0);
      before.registry.dispose();

      const after = aRegistry(before.journal, before.clock);
      after.route.finish('success');
      after.observer.sees('field', { met: true, seen: '4', at: 0 });
      await after.registry.restore();
      await after.clock.advance(0);
      assert.equal(after.registry.get(undo.id)?.phase, 'verified');
      assert.equal(after.registry.get(id)?.undoneBy, undo.id);
    });

    it('leaves a plan alone that another window carries out', async () => {
      const before = aRegistry();
      const { id } = await before.registry.plan(request, signal);
      void before.registry.confirm(id);
      await before.clock.advance(0);

      const journal = Object.assign(new MemoryJournal(), { claim: () => Promise.resolve(false) });
      journal.entries.push(...before.journal.entries);
      const other = aRegistry(journal, before.clock);
      await other.registry.restore();
      await other.clock.advance(60_000);
      assert.equal(other.registry.get(id)?.phase, 'running');
    });
  });

  describe('beside another window', () => {
    /** A plan that one window carries out, and a second window of the same journal. */
    async function besideARun() {
      const first = aRegistry();
      const { id } = await first.registry.plan(request, signal);
      void first.registry.confirm(id);
      await first.clock.advance(0);
      first.journal.taken.add(id);
      const second = aRegistry(first.journal, first.clock);
      await second.registry.restore();
      return { first, second, id };
    }

    it('shows what that one writes, to its end', async () => {
      const { first, second, id } = await besideARun();
      assert.equal(second.registry.get(id)?.phase, 'running');
      first.route.finish('success');
      first.observer.sees('field', { met: true, seen: '10', at: 0 });
      await first.clock.advance(0);
      await second.registry.restore();
      assert.equal(second.registry.get(id)?.phase, 'verified');
      assert.equal(second.route.sent.length, 0);
    });

    it('goes on with what that one has left, once, though it is told twice', async () => {
      const { first, second, id } = await besideARun();
      first.registry.dispose();
      first.journal.taken.delete(id);
      second.route.finish('success');
      second.observer.sees('field', { met: true, seen: '10', at: 0 });
      await Promise.all([second.registry.restore(), second.registry.restore()]);
      await second.clock.advance(0);
      assert.equal(second.registry.get(id)?.phase, 'verified');
      assert.equal(second.journal.types.filter((type) => type === 'finished').length, 1);
      assert.equal(second.route.sent.length, 0);
    });

    it('goes on with what that one has left without a word, within half a minute', async () => {
      const { first, second, id } = await besideARun();
      await second.clock.advance(30_000);
      assert.equal(second.registry.get(id)?.phase, 'running', 'it is still there');
      first.registry.dispose();
      first.journal.taken.delete(id);
      second.route.finish('success');
      second.observer.sees('field', { met: true, seen: '10', at: 0 });
      await second.clock.advance(30_000);
      assert.equal(second.registry.get(id)?.phase, 'verified');
      assert.equal(second.clock.pending, 0, 'nothing is left to look for');
    });

    it('looks for nothing in a window that is closed', async () => {
      const { first, second } = await besideARun();
      first.registry.dispose();
      second.registry.dispose();
      assert.equal(second.clock.pending, 0);
    });

    it('goes on from what that one has still written while it was asked for', async () => {
      const { first, second, id } = await besideARun();
      first.registry.dispose();
      first.journal.claim = async (planId) => {
        await first.journal.append({ at: 1, event: { type: 'ended', planId, outcome: 'failed' } });
        return true;
      };
      await second.registry.restore();
      await second.clock.advance(0);
      assert.equal(second.registry.get(id)?.phase, 'failed');
      assert.equal(second.journal.types.filter((type) => type === 'ended').length, 1);
    });

    it('leaves a cancel to that one, unless it is gone', async () => {
      const { first, second, id } = await besideARun();
      await assert.rejects(second.registry.cancel(id), { code: 'remediation.elsewhere' });
      assert.ok(!second.journal.types.includes('cancelRequested'));
      first.registry.dispose();
      first.journal.taken.delete(id);
      await second.registry.cancel(id);
      assert.deepEqual(second.route.cancelled, [second.route.handle]);
    });

    it('does not take a run of its own from the journal, which is behind it', async () => {
      const { registry, route, clock } = aRegistry();
      const { id } = await registry.plan(request, signal);
      let followed = 0;
      route.follow = () => {
        followed++;
        return new Promise(() => undefined);
      };
      void registry.confirm(id);
      await clock.advance(0);
      await registry.restore();
      await clock.advance(0);
      assert.deepEqual([registry.get(id)?.phase, followed], ['running', 1]);
    });
  });
});
