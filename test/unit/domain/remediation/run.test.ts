import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { planLifetimeMs } from '../../../../src/domain/remediation/plan.ts';
import { fieldExpectation } from '../../../support/builders/remediation.ts';
import { aRun } from '../../../support/run-world.ts';

describe('Run', () => {
  it('goes from planned to verified, journalling each step before the next', async () => {
    const { run, route, clock, phases, journal, sees } = aRun();
    const ended = run.confirm();
    await clock.advance(0);
    route.finish('success');
    await clock.advance(3_000);
    sees('field', true, '10');
    await clock.advance(20_000);
    sees('replicas', true, '10 of 10 ready');
    const state = await ended;

    assert.deepEqual(phases, ['confirmed', 'running', 'verifying', 'verified']);
    assert.deepEqual(journal.types, ['confirmed', 'sending', 'sent', 'finished', 'observed', 'observed', 'ended']);
    assert.deepEqual(
      state.ticks.map(({ id, state: how, seen }) => [id, how, seen]),
      [
        ['field', 'met', '10'],
        ['replicas', 'met', '10 of 10 ready'],
      ],
    );
  });

  it('sends once, however often it is confirmed', async () => {
    const { run, route, clock } = aRun();
    void run.confirm();
    void run.confirm();
    await clock.advance(0);
    await run.confirm();
    assert.equal(route.sent.length, 1);
  });

  it('takes nothing back that another window takes back', async () => {
    const { run, route, journal } = aRun({ undoOf: 'jv-first' });
    journal.taken.add('undo-jv-first');
    const { phase, error, times } = await run.confirm();
    assert.deepEqual([phase, error?.code, times.running], ['failed', 'remediation.undoneElsewhere', undefined]);
    assert.equal(route.sent.length, 0);
    const other = aRun({ undoOf: 'jv-second' });
    const ended = other.run.confirm();
    await other.succeeds();
    assert.equal((await ended).phase, 'verified');
  });

  it('ends as not changed when the route says success and nothing changed', async () => {
    const { run, route, clock, sees } = aRun();
    const ended = run.confirm();
    route.finish('success');
    sees('field', false, '4');
    await clock.advance(31_000);
    const state = await ended;
    assert.equal(state.phase, 'notChanged');
    assert.equal(state.ticks[0]?.state, 'missed');
    assert.equal(state.ticks[0].seen, '4');
    assert.equal(state.ticks[1]?.state, 'waiting', 'a recovery is not looked for where nothing changed');
  });

  it('does not wait long for a change by work that has failed', async () => {
    const { run, route, clock, sees } = aRun();
    void run.confirm();
    route.finish('failure');
    sees('field', false, '4');
    await clock.advance(6_000);
    assert.equal(run.state.phase, 'failed');
    assert.equal(run.state.ticks[0]?.state, 'missed');
  });

  it('ends as not recovered when the change is there and the incident goes on', async () => {
    const { run, route, clock, sees } = aRun();
    const ended = run.confirm();
    route.finish('success');
    sees('field', true, '10');
    sees('replicas', false, '4 of 10 ready');
    await clock.advance(301_000);
    assert.equal((await ended).phase, 'notRecovered');
  });

  it('is never done where nothing is looked for', async () => {
    const { run, route } = aRun({ expectations: [] });
    route.finish('success');
    assert.equal((await run.confirm()).phase, 'notChanged');
  });

  it('fails when something cannot be watched, and watches nothing on', async () => {
    const { run, route, clock, observer } = aRun({
      expectations: ['one', 'other'].map((id) => ({ ...fieldExpectation, id })),
    });
    const watch = observer.observe.bind(observer);
    observer.observe = (...asked) =>
      asked[0].id === 'one' ? Promise.reject(new Error('no such context')) : watch(...asked);
    route.finish('success');
    const { phase, error } = await run.confirm();
    assert.deepEqual([phase, error?.message], ['failed', 'no such context']);
    assert.deepEqual([observer.watching, clock.pending], [[], 0]);
  });

  it('does not count a recovery that was seen before the change', async () => {
    const { run, route, clock, observer, sees } = aRun();
    sees('replicas', true, 'ready already');
    const ended = run.confirm();
    route.finish('success');
    await clock.advance(10_000);
    assert.deepEqual(observer.watching, ['field']);
    await clock.advance(21_000);
    assert.equal((await ended).phase, 'notChanged');
  });

  it('says failed with the route’s reason, and still looks whether something changed', async () => {
    const { run, route, clock, sees } = aRun();
    const ended = run.confirm();
    route.finish('failure', 'step "Patch the HPA" failed');
    sees('field', true, '10');
    await clock.advance(0);
    const state = await ended;
    assert.equal(state.phase, 'failed');
    assert.equal(state.error?.message, 'step "Patch the HPA" failed');
    assert.equal(state.ticks[0]?.state, 'met', 'so an undo can be offered');
  });

  it('looks at the cluster when the run cannot be followed any more', async () => {
    const { run, route, clock, sees } = aRun();
    route.follow = () => Promise.reject(new JarvisError({ code: 'github.runNotFound', message: 'no such run' }));
    const ended = run.confirm();
    sees('field', true, '10');
    await clock.advance(0);
    const state = await ended;
    assert.equal(state.phase, 'failed');
    assert.equal(state.error?.message, 'no such run');
    assert.equal(state.ticks[0]?.state, 'met');
  });

  it('looks again at what it changes of its target and relies on, not at what else changes with it', async () => {
    const { run, guard, succeeds } = aRun({
      changes: [
        { path: 'spec.maxReplicas', before: 4, after: 10 },
        { of: 'Deployment front-end', path: 'spec.replicas', before: 1, after: 2 },
      ],
      holds: [{ path: 'status', value: 'deployed' }],
    });
    const ended = run.confirm();
    await succeeds();
    await ended;
    assert.deepEqual(guard.asked, [
      { path: 'spec.maxReplicas', value: 4 },
      { path: 'status', value: 'deployed' },
    ]);
  });

  it('writes nothing when the object has changed since the plan', async () => {
    const { run, route, guard, journal } = aRun();
    guard.failure = new JarvisError({ code: 'remediation.changedSince', message: 'spec.maxReplicas is 6 now, not 4.' });
    const state = await run.confirm();
    assert.equal(state.phase, 'failed');
    assert.equal(state.error?.code, 'remediation.changedSince');
    assert.equal(route.sent.length, 0);
    assert.deepEqual(journal.types, ['confirmed', 'ended']);
  });

  it('writes nothing after the plan has expired', async () => {
    const { run, route, clock, journal } = aRun();
    await clock.advance(planLifetimeMs);
    assert.equal((await run.confirm()).phase, 'expired');
    assert.equal(route.sent.length, 0);
    assert.deepEqual(journal.types, []);
  });

  it('writes nothing while the route has a blocking problem', async () => {
    const problem = { code: 'github.workflowMissing', message: 'scale.yml is not there', severity: 'blocks' } as const;
    const { run, route } = aRun({ problems: [problem] });
    assert.equal((await run.confirm()).phase, 'planned');
    assert.equal(route.sent.length, 0);
  });

  for (const type of ['confirmed', 'sending'] as const) {
    it(`writes nothing when "${type}" cannot be recorded`, async () => {
      const { run, route, journal } = aRun();
      journal.refuses.add(type);
      const state = await run.confirm();
      assert.equal(state.phase, 'failed');
      assert.equal(route.sent.length, 0);
    });
  }

  it('goes on after the write when the record cannot be kept, and says so', async () => {
    const { run, journal, succeeds } = aRun();
    journal.refuses.add('sent').add('finished').add('observed').add('ended');
    const ended = run.confirm();
    await succeeds();
    const state = await ended;
    assert.equal(state.phase, 'verified');
    assert.equal(state.journalError?.message, 'disk full');
  });

  describe('when the answer to the request is lost', () => {
    it('finds its work by the plan’s id and goes on', async () => {
      const { run, route, succeeds } = aRun();
      route.sendFails = new Error('socket hang up');
      route.recovered = { route: 'direct', payload: { run: 7 } };
      const ended = run.confirm();
      await succeeds();
      const state = await ended;
      assert.equal(state.phase, 'verified');
      assert.deepEqual(state.handle, route.recovered);
    });

    it('looks at the cluster when it cannot even be learned whether it was sent', async () => {
      const { run, route, clock, sees } = aRun();
      route.sendFails = new Error('socket hang up');
      route.recover = () => Promise.reject(new JarvisError({ code: 'github.offline', message: 'GitHub is away' }));
      const ended = run.confirm();
      sees('field', true, '10');
      await clock.advance(0);
      const state = await ended;
      assert.equal(state.phase, 'failed');
      assert.match(state.error?.message ?? '', /not known whether the change was sent: GitHub is away/);
      assert.equal(state.ticks[0]?.state, 'met', 'it was sent, as the cluster shows');
    });

    it('does not take a connection that was aborted for a cancel', async () => {
      const { run, route } = aRun();
      route.sendFails = new DOMException('This operation was aborted', 'AbortError');
      const state = await run.confirm();
      assert.deepEqual([state.phase, state.error?.message], ['failed', 'This operation was aborted']);
    });

    it('fails with the first error when there is no such work', async () => {
      const { run, route } = aRun();
      route.sendFails = new JarvisError({ code: 'github.validation', message: 'Unexpected inputs' });
      const state = await run.confirm();
      assert.equal(state.phase, 'failed');
      assert.equal(state.error?.code, 'github.validation');
    });
  });
});
