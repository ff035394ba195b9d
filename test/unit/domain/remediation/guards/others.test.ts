import assert from 'node:assert/strict';
import { othersAtWork, verifiesForMs } from '../../../../../src/domain/remediation/guards/others.ts';
import { aPlan, aTarget, FakeGuard, MemoryJournal } from '../../../../support/builders/remediation.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';

const { signal } = new AbortController();

function aWorld() {
  const ports = { clock: new FakeClock(), journal: new MemoryJournal(), guard: new FakeGuard() };
  const { clock, journal } = ports;
  const plan = aPlan(clock, { id: 'jv-mine' });
  /** Somebody's run of this machine, under way since now. */
  const begin = async (target = aTarget()) => {
    const theirs = aPlan(clock, { id: 'jv-theirs', actor: 'juno', target });
    await journal.append({ at: clock.now(), event: { type: 'confirmed', plan: theirs } });
    await journal.append({ at: clock.now(), event: { type: 'sending', planId: theirs.id } });
  };
  const end = () =>
    journal.append({ at: clock.now(), event: { type: 'ended', planId: 'jv-theirs', outcome: 'verified' } });
  const said = async () => (await othersAtWork(plan, ports, signal)).map(({ text }) => text);
  return { ...ports, begin, end, said };
}

describe('othersAtWork', () => {
  it('says nothing where nobody is', async () => {
    assert.deepEqual(await aWorld().said(), []);
  });

  it('names the run that is under way on the object, from whichever window of this machine', async () => {
    const { begin, end, said } = aWorld();
    await begin();
    assert.deepEqual(await said(), [
      'Scale HPA front-end to at most 10 replicas is under way on this object, by juno.',
    ]);
    await end();
    assert.deepEqual(await said(), []);
  });

  it('does not mind a run on another object', async () => {
    const { begin, said } = aWorld();
    await begin(aTarget({ uid: 'uid-catalogue', name: 'catalogue' }));
    assert.deepEqual(await said(), []);
  });

  it('sees by its mark which plan of another machine has just written to the object, while that may be under way', async () => {
    const { guard, clock, said } = aWorld();
    guard.lastMark = { planId: 'jv-afar', manager: 'jarvis-lambda', at: clock.now() - 40_000 };
    assert.deepEqual(await said(), [
      'Plan jv-afar of a Jarvis on another machine changed this 40 s ago and may still be under way (jarvis-lambda).',
    ]);
    await clock.advance(verifiesForMs - 40_000);
    assert.deepEqual(await said(), [], 'by now it has ended');
  });

  it('is not led by what stands in a mark', async () => {
    const { guard, clock, said } = aWorld();
    guard.lastMark = { planId: 'x\n\u202ey', manager: 'jarvis-\u0000', at: clock.now() };
    assert.match((await said())[0] ?? '', /^Plan x\uFFFD\uFFFDy of a Jarvis .*\(jarvis-\uFFFD\)\.$/);
  });

  it('does not take a mark that came back with something else for a plan at work', async () => {
    const { guard, clock, said } = aWorld();
    guard.lastMark = { planId: 'jv-old', manager: 'kubectl-rollout', at: clock.now() };
    assert.deepEqual(await said(), []);
  });

  it('does not take our own write for another machine’s', async () => {
    const { guard, clock, begin, end, said } = aWorld();
    await begin();
    guard.lastMark = { planId: 'jv-theirs', manager: 'jarvis', at: clock.now() };
    assert.equal((await said()).length, 1, 'that it is under way');
    await end();
    assert.deepEqual(await said(), []);
  });

  it('says so where it cannot know', async () => {
    const { journal, said } = aWorld();
    journal.read = () => Promise.reject(new Error('no disk'));
    assert.deepEqual(await said(), ['Whether somebody else is at work on this object is not known: no disk']);
  });
});
