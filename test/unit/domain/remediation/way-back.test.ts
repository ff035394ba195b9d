import assert from 'node:assert/strict';
import { wayBackAt } from '../../../../src/domain/remediation/way-back.ts';
import { replay } from '../../../../src/domain/remediation/run-reducer.ts';
import { aRun } from '../../../support/run-world.ts';

describe('the way back of a plan', () => {
  it('begins when the change was seen, and is known again from the journal', async () => {
    const { run, clock, journal, succeeds } = aRun({ backAfterMs: 60_000 });
    assert.equal(wayBackAt(run.state), undefined);
    const ended = run.confirm();
    await succeeds();
    await ended;
    assert.equal(wayBackAt(run.state), clock.now() + 60_000);
    const [state] = replay(await journal.read()).values();
    assert.equal(state && wayBackAt(state), wayBackAt(run.state));
  });

  it('is over when a person keeps the change or takes it back, after a reload too', async () => {
    for (const end of ['keep', 'undone'] as const) {
      const { run, journal, succeeds } = aRun({ backAfterMs: 60_000 });
      const ended = run.confirm();
      await succeeds();
      await ended;
      await run[end]('jv-undo');
      assert.equal(wayBackAt(run.state), undefined);
      const [state] = replay(await journal.read()).values();
      assert.equal(state && wayBackAt(state), undefined);
    }
  });

  it('is none of a plan that was not made with one', async () => {
    const { run, succeeds } = aRun();
    const ended = run.confirm();
    await succeeds();
    await ended;
    assert.equal(wayBackAt(run.state), undefined);
  });

  it('is not needed where nothing was sent, since what the plan stands on is gone', async () => {
    const { run, route, recheck } = aRun({ backAfterMs: 60_000 });
    recheck.problem = new Error('the ACL is gone');
    const { phase, error } = await run.confirm();
    assert.deepEqual([phase, error?.message, route.sent.length], ['failed', 'the ACL is gone', 0]);
    assert.equal(wayBackAt(run.state), undefined);
  });
});
