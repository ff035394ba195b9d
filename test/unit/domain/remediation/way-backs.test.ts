import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { Protection } from '../../../../src/domain/remediation/guards/protection.ts';
import { WayBacks, type WayBackPeople } from '../../../../src/domain/remediation/way-backs.ts';
import { MemoryJournal, unprotected } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { aRegistry, request } from '../../../support/registry-world.ts';

const { signal } = new AbortController();
const minute = 60_000;
const locked: Protection = { ...unprotected, production: { contexts: ['prod-*'], accounts: [], namespaces: [] } };
const readOnly: Protection = { ...unprotected, readOnly: true };

/** Somebody who answers as told, with nothing at first. */
class FakePeople implements WayBackPeople {
  readonly told: string[] = [];
  readonly asked: string[] = [];
  readonly planned: string[] = [];
  answer: 'plan' | 'keep' | undefined;

  tell({ undoOf }: { readonly undoOf?: string }, trouble = 'now'): void {
    this.told.push(`${undoOf}: ${trouble}`);
  }

  ask({ id }: { readonly id: string }, why: string): Promise<'plan' | 'keep' | undefined> {
    this.asked.push(`${id}: ${why}`);
    return Promise.resolve(this.answer);
  }

  plan(planId: string): Promise<void> {
    this.planned.push(planId);
    return Promise.resolve();
  }
}

/** A window whose plans have a way back after 15 minutes. */
async function aWindow(journal = new MemoryJournal(), clock = new FakeClock()) {
  const world = aRegistry(journal, clock, { backAfterMs: 15 * minute });
  await world.registry.restore();
  const people = new FakePeople();
  const wayBacks = new WayBacks({ runs: world.registry, clock, people });
  const close = () => {
    wayBacks.dispose();
    world.registry.dispose();
  };
  return { ...world, people, close };
}

/** One in which a change was made just now. */
async function aChange(...of: Parameters<typeof aWindow>) {
  const window = await aWindow(...of);
  const { id } = await window.registry.plan(request, signal);
  await window.carryOut(id);
  return { ...window, id };
}

describe('way backs', () => {
  it('are taken when their time has come, through the write path', async () => {
    const { clock, route, people, registry, id } = await aChange();
    await clock.advance(15 * minute - 1);
    assert.equal(route.sent.length, 1);
    await clock.advance(1);
    assert.equal(route.sent.length, 2);
    assert.deepEqual(people.told, [`${id}: now`]);
    assert.ok(registry.get(id)?.undoneBy);
    await clock.advance(60 * minute);
    assert.deepEqual([route.sent.length, people.asked], [2, []]);
  });

  it('are taken in the next window when this one was closed', async () => {
    const { clock, journal, close, id } = await aChange();
    close();
    await clock.advance(10 * minute);
    const { route, observer, people } = await aWindow(journal, clock);
    route.finish('success');
    observer.sees('field', { met: true, seen: '4', at: clock.now() });
    await clock.advance(5 * minute);
    assert.deepEqual([route.sent.length, people.told], [1, [`${id}: now`]]);
  });

  it('are asked about when nobody was here for long', async () => {
    const { clock, journal, close, id } = await aChange();
    close();
    await clock.advance(75 * minute);
    const { route, people } = await aWindow(journal, clock);
    await clock.advance(0);
    assert.deepEqual([people.asked, route.sent.length], [[`${id}: Its time was over 60 minutes ago.`], 0]);
  });

  for (const end of ['keep', 'undo'] as const)
    it(`are over when somebody has chosen ${end}`, async () => {
      const { clock, registry, route, people, carryOut, id } = await aChange();
      if (end === 'keep') await registry.keep(id);
      else await carryOut((await registry.planUndo(id, signal)).id);
      const sent = route.sent.length;
      await clock.advance(60 * minute);
      assert.deepEqual([route.sent.length, people.asked, people.told], [sent, [], []]);
    });

  it('ask when the object has changed since, and plan it all the same where somebody says so', async () => {
    const { clock, guard, route, people, id } = await aChange();
    guard.failure = new JarvisError({ code: 'remediation.changedSince', message: 'It is 12 now, not 10.' });
    people.answer = 'plan';
    await clock.advance(15 * minute);
    assert.deepEqual(people.asked, [`${id}: It is 12 now, not 10.`]);
    assert.deepEqual([people.planned, route.sent.length], [[id], 1]);
  });

  for (const [name, protection, says] of [
    ['a production lock', locked, /production and locked/],
    ['read-only mode', readOnly, /read-only mode/],
  ] as const)
    it(`say so under ${name}, again and again, and write nothing`, async () => {
      const { clock, gate, route, people, registry, id } = await aChange();
      gate.settings.protection = protection;
      await clock.advance(15 * minute);
      assert.deepEqual([people.asked.length, people.told, route.sent.length], [1, [], 1]);
      assert.match(people.asked[0] ?? '', says);
      await clock.advance(10 * minute);
      assert.equal(people.asked.length, 2, 'nobody had answered');
      gate.settings.protection = unprotected;
      people.answer = 'keep';
      await clock.advance(10 * minute);
      assert.equal(people.asked[2], `${id}: Its time was over 20 minutes ago.`);
      assert.equal(registry.get(id)?.kept, true);
      await clock.advance(60 * minute);
      assert.deepEqual([people.asked.length, route.sent.length], [3, 1]);
    });

  it('ask when no plan is made in time', async () => {
    const { clock, registry, people, route, id } = await aChange();
    registry.planUndo = (_id, stop) =>
      new Promise((_, fail) => stop.addEventListener('abort', () => fail(new Error('stopped'))));
    await clock.advance(16 * minute);
    assert.deepEqual(people.asked, [`${id}: No plan could be made within 60 s.`]);
    assert.equal(route.sent.length, 1);
  });

  it('ask when nothing can be sent, since it could not be recorded', async () => {
    const { clock, journal, people, route, id } = await aChange();
    journal.refuses.add('sending');
    await clock.advance(15 * minute);
    assert.deepEqual([people.asked, route.sent.length], [[`${id}: disk full`], 1]);
  });

  it('tell when it was taken back and not all was seen that should follow', async () => {
    const { clock, route, people, id } = await aChange();
    route.follow = () => Promise.resolve({ outcome: 'failure', summary: 'The job failed.' });
    await clock.advance(15 * minute);
    assert.deepEqual(people.told.length, 2);
    assert.match(people.told[1] ?? '', new RegExp(`^${id}: `));
    assert.deepEqual(people.asked, []);
  });

  describe('in two windows', () => {
    it('are taken in one of them', async () => {
      const holders = new Map<string, number>();
      const shared = (window: number) =>
        Object.assign(new MemoryJournal(), {
          claim: (planId: string) =>
            Promise.resolve((holders.get(planId) ?? holders.set(planId, window).get(planId)) === window),
        });
      const first = await aChange();
      first.close();
      const windows = await Promise.all(
        [1, 2].map(async (number) => {
          const journal = shared(number);
          journal.entries.push(...first.journal.entries);
          const window = await aWindow(journal, first.clock);
          window.route.finish('success');
          window.observer.sees('field', { met: true, seen: '4', at: first.clock.now() });
          return window;
        }),
      );
      await first.clock.advance(15 * minute);
      assert.deepEqual(
        windows.map(({ route }) => route.sent.length),
        [1, 0],
      );
      assert.deepEqual(
        windows.flatMap(({ people }) => people.asked),
        [],
      );
    });

    it('are over when another window has kept the change before it was closed', async () => {
      const first = await aChange();
      const second = await aWindow(first.journal, first.clock);
      await first.registry.keep(first.id);
      first.close();
      await first.clock.advance(60 * minute);
      assert.deepEqual([second.route.sent.length, second.people.asked], [0, []]);
    });
  });
});
