import assert from 'node:assert/strict';
import { aGate, MemoryJournal, prod, unprotected } from '../../../../support/builders/remediation.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const place = { cluster: prod, namespace: 'sock-shop' };
const minute = 60_000;

function aLockedGate(journal = new MemoryJournal(), clock = new FakeClock()) {
  const gate = aGate(clock, journal);
  gate.settings.protection = { ...unprotected, production: { ...unprotected.production, contexts: ['prod-*'] } };
  return { gate, journal, clock };
}

describe('Gate', () => {
  it('lets pass what nobody locks, without a look at the journal', async () => {
    const clock = new FakeClock();
    const journal = Object.assign(new MemoryJournal(), { read: () => Promise.reject(new Error('not now')) });
    const gate = aGate(clock, journal);
    assert.equal(await gate.admit(place), undefined);
    assert.equal(clock.pending, 0);
  });

  it('refuses production with the way to unlock it, until that is done with a reason', async () => {
    const { gate, journal, clock } = aLockedGate();
    assert.deepEqual(gate.obstacle(place)?.remedies, [{ kind: 'unlock', cluster: prod }]);
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
    await gate.unlock(prod, '  INC-7: at its maximum\n', 5 * minute);
    assert.equal(gate.obstacle(place), undefined);
    const now = clock.now();
    const unlock = { cluster: prod, reason: 'INC-7: at its maximum', actor: 'mina', at: now, until: now + 5 * minute };
    assert.deepEqual(await gate.admit(place), unlock);
    assert.deepEqual(journal.entries, [{ at: now, event: { type: 'unlocked', unlock } }]);
  });

  it('locks again when the time is over, and tells of it; before and after no timer runs', async () => {
    const { gate, clock } = aLockedGate();
    assert.equal(clock.pending, 0);
    await gate.unlock(prod, 'INC-7', 5 * minute);
    let told = 0;
    gate.onDidChange(() => told++);
    await clock.advance(5 * minute - 1);
    assert.deepEqual([told, gate.unlocks.length], [0, 1]);
    await clock.advance(1);
    assert.deepEqual([told, gate.unlocks.length, clock.pending], [1, 0, 0]);
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
  });

  it('unlocks one context, not another that leads to the same server', async () => {
    const { gate } = aLockedGate();
    const alias = { ...prod, context: 'harmless' };
    await gate.unlock(prod, 'INC-7', minute);
    await assert.rejects(gate.admit({ ...place, cluster: alias }), { code: 'remediation.locked' });
  });

  it('takes no unlock without a reason, without an end, or that it cannot record', async () => {
    const { gate, journal } = aLockedGate();
    for (const [reason, ms] of [
      [' \n', minute],
      ['INC-7', 0],
      ['INC-7', NaN],
      ['INC-7', 9 * 60 * minute],
    ] as const)
      await assert.rejects(gate.unlock(prod, reason, ms), { code: 'remediation.badInput' });
    journal.refuses.add('unlocked');
    await assert.rejects(gate.unlock(prod, 'INC-7', minute), /disk full/);
    assert.deepEqual(gate.unlocks, []);
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
  });

  it('knows after a reload what is unlocked, and for how long still', async () => {
    const { gate, journal, clock } = aLockedGate();
    await gate.unlock(prod, 'INC-7', 5 * minute);
    await clock.advance(4 * minute);
    const reloaded = aLockedGate(journal, clock).gate;
    reloaded.take(await journal.read());
    assert.equal(reloaded.unlocks[0]?.reason, 'INC-7');
    await clock.advance(minute);
    assert.equal(reloaded.unlocks.length, 0);
  });

  it('heeds a lock in another window at once', async () => {
    const { gate, journal, clock } = aLockedGate();
    const other = aLockedGate(journal, clock).gate;
    await gate.unlock(prod, 'INC-7', 5 * minute);
    assert.equal((await other.admit(place))?.reason, 'INC-7', 'and an unlock');
    await clock.advance(1_000);
    await other.lock();
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
    assert.deepEqual(gate.unlocks, []);
  });

  it('stays locked when it is locked while an unlock is still being recorded', async () => {
    const { gate } = aLockedGate();
    const unlocked = gate.unlock(prod, 'INC-7', 5 * minute);
    await gate.lock();
    await unlocked;
    assert.deepEqual(gate.unlocks, []);
    assert.equal(gate.obstacle(place)?.code, 'remediation.locked');
  });

  it('is locked in this window even where that cannot be recorded', async () => {
    const { gate, journal } = aLockedGate();
    await gate.unlock(prod, 'INC-7', 5 * minute);
    journal.refuses.add('locked');
    await assert.rejects(gate.lock(), /disk full/);
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
  });

  it('does not believe an entry that opens for longer than anybody may, or from the future', async () => {
    const { gate, journal, clock } = aLockedGate();
    const unlock = { cluster: prod, reason: 'x', actor: 'x', at: clock.now(), until: clock.now() + 1e12 };
    await journal.append({ at: unlock.at, event: { type: 'unlocked', unlock } });
    const later = { ...unlock, at: clock.now() + minute, until: clock.now() + 2 * minute };
    await journal.append({ at: unlock.at, event: { type: 'unlocked', unlock: later } });
    await assert.rejects(gate.admit(place), { code: 'remediation.locked' });
  });

  it('refuses all in read-only mode, unlocked or not', async () => {
    const { gate } = aLockedGate();
    await gate.unlock(prod, 'INC-7', minute);
    gate.settings.protection = { ...unprotected, readOnly: true };
    await assert.rejects(gate.admit(place), { code: 'remediation.readOnly' });
    await assert.rejects(gate.unlock(prod, 'INC-8', minute), { code: 'remediation.readOnly' });
    assert.deepEqual(gate.obstacle(place)?.remedies, [{ kind: 'openSetting', setting: 'jarvis.readOnly' }]);
  });
});
