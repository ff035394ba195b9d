import assert from 'node:assert/strict';
import { aTarget, prod, unprotected } from '../../../../support/builders/remediation.ts';
import { aRun } from '../../../../support/run-world.ts';

const locked = { ...unprotected, production: { ...unprotected.production, namespaces: ['sock-shop'] } };

describe('a run on a locked target', () => {
  it('ends at its confirmation, whoever asked, with nothing sent and the try recorded', async () => {
    const { run, route, gate, journal } = aRun();
    gate.settings.protection = locked;
    const { phase, error, times } = await run.confirm();
    assert.deepEqual([phase, error?.code, times.running], ['failed', 'remediation.locked', undefined]);
    assert.equal(route.sent.length, 0);
    assert.deepEqual(journal.types, ['confirmed', 'ended']);
  });

  it('is the same in read-only mode, and for an undo', async () => {
    const { run, route, gate } = aRun({ undoOf: 'jv-before' });
    gate.settings.protection = { ...unprotected, readOnly: true };
    assert.equal((await run.confirm()).error?.code, 'remediation.readOnly');
    assert.equal(route.sent.length, 0);
  });

  it('knows the namespaces beside its own that a release has objects in', async () => {
    const { run, route, gate } = aRun({ target: aTarget({ namespace: 'staging' }), namespaces: ['sock-shop'] });
    gate.settings.protection = locked;
    assert.equal((await run.confirm()).error?.code, 'remediation.locked');
    assert.equal(route.sent.length, 0);
  });

  it('knows the AWS account of its function or load balancer', async () => {
    const { run, route, gate } = aRun({ accounts: ['123456789012'] });
    gate.settings.protection = { ...unprotected, production: { ...unprotected.production, accounts: ['1234*'] } };
    assert.equal((await run.confirm()).error?.code, 'remediation.locked');
    assert.equal(route.sent.length, 0);
  });

  it('is asked for again right before the write leaves: an unlock may have ended meanwhile', async () => {
    const { run, route, gate, guard, clock } = aRun();
    gate.settings.protection = locked;
    await gate.unlock(prod, 'INC-7', 1_000);
    guard.assertUnchanged = () => clock.advance(1_000);
    assert.equal((await run.confirm()).error?.code, 'remediation.locked');
    assert.equal(route.sent.length, 0);
  });

  it('goes on once it is unlocked, and its receipt says by whom and why', async () => {
    const { run, gate, journal, succeeds } = aRun();
    gate.settings.protection = locked;
    await gate.unlock(prod, 'INC-7', 60_000);
    const ended = run.confirm();
    await succeeds();
    const { phase, unlock } = await ended;
    assert.deepEqual([phase, unlock?.reason, unlock?.actor], ['verified', 'INC-7', 'mina']);
    const sending = journal.entries.find(({ event }) => event.type === 'sending')?.event;
    assert.equal(sending?.type === 'sending' && sending.unlock?.reason, 'INC-7');
  });

  it('may be cancelled while it is checked', async () => {
    const { run, route, gate } = aRun();
    gate.settings.protection = locked;
    await gate.unlock(prod, 'INC-7', 60_000);
    const ended = run.confirm();
    await run.cancel();
    assert.equal((await ended).phase, 'cancelled');
    assert.equal(route.sent.length, 0);
  });
});
