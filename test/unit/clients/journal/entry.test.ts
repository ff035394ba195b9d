import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chainStart, encodeLine } from '../../../../src/clients/journal/chain.ts';
import { isEntry } from '../../../../src/clients/journal/entry.ts';
import { JournalFolder } from '../../../../src/clients/journal/journal-folder.ts';
import { silentLogger } from '../../../../src/core/log.ts';
import type { JournalEntry, JournalEvent } from '../../../../src/domain/remediation/journal.ts';
import { replay } from '../../../../src/domain/remediation/run-reducer.ts';
import { aPlan, MemoryJournal, prod } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { aRun } from '../../../support/run-world.ts';

const plan = aPlan(new FakeClock(), { id: 'jv-a' });
const planId = plan.id;
const tick = { id: 'field', role: 'change', label: 'done', state: 'met', withinMs: 1 } as const;
const unlock = { cluster: prod, reason: 'incident', actor: 'mina', at: 1, until: 2 };
/** One of each; a kind that is left out does not compile. */
const events: { readonly [T in JournalEvent['type']]: Extract<JournalEvent, { type: T }> } = {
  confirmed: { type: 'confirmed', plan },
  sending: { type: 'sending', planId, unlock },
  sent: { type: 'sent', planId, handle: { route: 'direct', payload: {} } },
  cancelRequested: { type: 'cancelRequested', planId },
  finished: { type: 'finished', planId, result: { outcome: 'success', summary: 'done' } },
  observed: { type: 'observed', planId, tick },
  ended: { type: 'ended', planId, outcome: 'verified' },
  undone: { type: 'undone', planId, by: 'jv-b' },
  kept: { type: 'kept', planId },
  unlocked: { type: 'unlocked', unlock },
  locked: { type: 'locked', actor: 'mina' },
};
const entries = Object.values(events).map((event): JournalEntry => ({ at: 1, event }));

describe('an entry of the journal', () => {
  it('is known by its kind', () => {
    for (const entry of entries) assert.ok(isEntry(structuredClone(entry)), entry.event.type);
  });

  it('of another version may say more', () => {
    for (const { event } of entries) assert.ok(isEntry({ at: 1, by: 'x', event: { ...event, more: [1] } }), event.type);
  });

  for (const [what, event] of [
    ['nothing', null],
    ['a kind that nobody knows', { type: 'paused', planId }],
    ['an end that nobody knows', { ...events.ended, outcome: 'handedOver' }],
    ['a plan without what verifies it', { type: 'confirmed', plan: { ...plan, expectations: undefined } }],
    ['a plan that is verified otherwise', withCheck('tracesOk')],
    ['a remedy that nobody knows', { type: 'confirmed', plan: { ...plan, remediation: 'drainNode' } }],
    ['an object of another kind', { type: 'confirmed', plan: { ...plan, target: { ...plan.target, kind: 'Node' } } }],
    ['a plan without its cluster', { type: 'confirmed', plan: { ...plan, target: { ...plan.target, cluster: {} } } }],
    ['a plan that names a file', { type: 'confirmed', plan: { ...plan, id: '../../x' } }],
  ] as const)
    it(`that tells of ${what} is none`, () => assert.equal(isEntry({ at: 1, event }), false));
});

describe('a journal with lines of another version', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('tells of all runs that are known, and says in the log what is left out', async () => {
    const foreign = { at: 2, event: { type: 'paused', planId } } as unknown as JournalEntry;
    const stranger = { at: 2, event: { ...events.confirmed, plan: { id: 'jv-b' } } } as unknown as JournalEntry;
    const [confirmed, ...rest] = entries.filter(({ event }) => event.type !== 'unlocked' && event.type !== 'locked');
    assert.ok(confirmed);
    await write([confirmed, foreign, ...rest, stranger]);
    const warned: string[] = [];
    const log = { ...silentLogger, warn: (message: string) => warned.push(message) };
    const states = [...replay(await new JournalFolder(folder, log).read()).values()];
    assert.deepEqual(
      states.map(({ plan, phase, undoneBy }) => [plan.id, phase, undoneBy]),
      [['jv-a', 'verified', 'jv-b']],
    );
    assert.match(warned.join('\n'), /2 lines are of another version/);
  });

  it('holds all that a run writes', async () => {
    const { run, journal, succeeds } = aRun({}, undefined, new MemoryJournal());
    const ended = run.confirm();
    await succeeds();
    await ended;
    await write(journal.entries);
    const read = await new JournalFolder(folder, silentLogger).read();
    assert.deepEqual(
      read.map(({ at, event }) => ({ at, event })),
      journal.entries,
    );
  });

  /** As another window wrote it. */
  async function write(all: readonly JournalEntry[]): Promise<void> {
    let previous = chainStart;
    const lines = all.map((entry, seq) => {
      const { text, hash } = encodeLine(entry, seq, previous);
      previous = hash;
      return `${text}\n`;
    });
    await writeFile(join(folder, `1-${crypto.randomUUID()}.jsonl`), lines.join(''));
  }
});

function withCheck(kind: string): unknown {
  return { type: 'confirmed', plan: { ...plan, expectations: [{ ...plan.expectations[0], check: { kind } }] } };
}
