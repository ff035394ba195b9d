import assert from 'node:assert/strict';
import { reduce, replay } from '../../../../src/domain/remediation/run-reducer.ts';
import { MemoryJournal } from '../../../support/builders/remediation.ts';
import { aRun } from '../../../support/run-world.ts';

describe('a run after a reload of the window', () => {
  /** What the journal of a window says that was closed after `last`, and after somebody asked for this. */
  async function leftAfter(last: string, asked?: 'cancelRequested') {
    const { run, journal, succeeds } = aRun();
    const ended = run.confirm();
    await succeeds();
    await ended;
    const until = journal.types.lastIndexOf(last) + 1;
    const state = [...replay(journal.entries.slice(0, until)).values()][0];
    assert.ok(state);
    if (asked) return aRun({}, reduce(state, { type: asked, planId: state.plan.id }, 0), new MemoryJournal());
    return aRun({}, state, new MemoryJournal());
  }

  it('that had not sent anything, says that nothing was written', async () => {
    const { run, route } = await leftAfter('confirmed');
    const state = await run.resume();
    assert.equal(state.error?.code, 'remediation.interrupted');
    assert.equal(route.sent.length, 0);
  });

  it('that was sending, looks for the work and follows it', async () => {
    const { run, route, succeeds } = await leftAfter('sending');
    route.recovered = route.handle;
    const ended = run.resume();
    await succeeds();
    assert.equal((await ended).phase, 'verified');
    assert.equal(route.sent.length, 0, 'never sent twice');
  });

  it('whose cancel may not have reached the route, asks for it again, and goes on where it is refused', async () => {
    const cancelled = await leftAfter('sent', 'cancelRequested');
    cancelled.sees('field', false);
    const ended = cancelled.run.resume();
    await cancelled.clock.advance(6_000);
    assert.equal((await ended).phase, 'cancelled');

    const refused = await leftAfter('sent', 'cancelRequested');
    refused.route.cancel = () => Promise.reject(new Error('too late'));
    const goesOn = refused.run.resume();
    await refused.succeeds();
    assert.equal((await goesOn).phase, 'verified');
  });

  for (const last of ['sent', 'finished', 'observed']) {
    it(`after "${last}", goes on to the end`, async () => {
      const { run, route, succeeds } = await leftAfter(last);
      const ended = run.resume();
      await succeeds();
      assert.equal((await ended).phase, 'verified');
      assert.equal(route.sent.length, 0);
    });
  }
});

describe('a run whose window closes', () => {
  it('leaves the journal open when its window closes', async () => {
    const { run, clock, journal } = aRun();
    void run.confirm();
    await clock.advance(0);
    run.detach();
    await clock.advance(0);
    assert.equal(journal.types.at(-1), 'sent');
  });

  it('that goes while the plan is checked, sends nothing', async () => {
    const { run, guard, journal, route } = aRun();
    guard.assertUnchanged = () => {
      run.detach();
      return Promise.resolve();
    };
    await run.confirm();
    assert.deepEqual([journal.types, route.sent], [['confirmed'], []]);
  });

  it('waits for nothing more in a window that is gone', async () => {
    const { run, clock, route, observer } = aRun();
    route.finish('success');
    void run.confirm();
    await clock.advance(0);
    assert.deepEqual(observer.watching, ['field']);
    run.detach();
    await clock.advance(0);
    assert.equal(clock.pending, 0);
  });

  it('begins to wait for nothing in a window that went while the route was at work', async () => {
    const { run, clock, route } = aRun();
    void run.confirm();
    await clock.advance(0);
    run.detach();
    route.finish('success');
    await clock.advance(0);
    assert.equal(clock.pending, 0);
  });
});
