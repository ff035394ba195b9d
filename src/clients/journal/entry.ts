import * as v from 'valibot';
import { checks } from '../../domain/remediation/checks/checks.ts';
import type { JournalEntry } from '../../domain/remediation/journal.ts';
import { remediations } from '../../domain/remediation/remediations.ts';
import { type Outcome, outcomes } from '../../domain/remediation/run-state.ts';
import { targetKinds } from '../../domain/remediation/target-kinds.ts';

/**
 * Is it an entry that this version can act on? A window that runs another version of Jarvis writes into the same folder,
 * and what it writes may be of kinds that are not known here. Looks at what a run is continued, shown and undone by.
 */
export function isEntry(value: unknown): value is JournalEntry {
  return v.is(Entry, value);
}

const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>) => v.picklist(Object.keys(record) as K[]);
const texts = (...names: readonly string[]) =>
  v.looseObject(Object.fromEntries(names.map((name) => [name, v.string()])));

/** It becomes a part of file names. */
const PlanId = v.pipe(v.string(), v.regex(/^jv-[a-z0-9]{1,64}$/));
const Cluster = texts('context', 'server', 'cluster');
const Change = texts('path');
const Target = v.looseObject({
  ...texts('namespace', 'name', 'uid', 'resourceVersion').entries,
  cluster: Cluster,
  kind: keysOf(targetKinds),
});
const Aim = { ...texts('id', 'label').entries, role: v.picklist(['change', 'recovery']), withinMs: v.number() };
const Inverse = v.looseObject({ inputs: v.looseObject({}), summary: v.string(), requires: v.array(Change) });
const Plan = v.looseObject({
  id: PlanId,
  remediation: keysOf(remediations),
  ...texts('title', 'actor').entries,
  target: Target,
  inputs: v.looseObject({}),
  createdAt: v.number(),
  expiresAt: v.number(),
  changes: v.array(Change),
  diffSource: texts('kind'),
  owners: v.array(texts('name', 'consequence')),
  effects: v.array(texts('text', 'severity')),
  request: v.looseObject({ route: v.string(), payload: v.looseObject({}), preview: v.array(texts('label', 'value')) }),
  problems: v.array(texts('message', 'severity')),
  inverse: v.union([Inverse, texts('impossible')]),
  expectations: v.array(v.looseObject({ ...Aim, check: v.looseObject({ kind: keysOf(checks) }) })),
});
const Unlock = v.looseObject({
  ...texts('reason', 'actor').entries,
  cluster: Cluster,
  at: v.number(),
  until: v.number(),
});
const Result = v.looseObject({ outcome: v.picklist(['success', 'failure', 'cancelled']), summary: v.string() });
const Tick = v.looseObject({ ...Aim, state: v.picklist(['waiting', 'watching', 'met', 'missed']) });

const of = <T extends string>(type: T, more: v.ObjectEntries = {}) =>
  v.looseObject({ type: v.literal(type), planId: v.string(), ...more });
const Entry = v.looseObject({
  at: v.number(),
  event: v.variant('type', [
    v.looseObject({ type: v.literal('confirmed'), plan: Plan }),
    of('sending', { unlock: v.optional(Unlock) }),
    of('sent', { handle: v.looseObject({ route: v.string(), payload: v.looseObject({}) }) }),
    of('cancelRequested'),
    of('finished', { result: Result }),
    of('observed', { tick: Tick }),
    of('ended', { outcome: v.picklist<readonly Outcome[]>(outcomes), error: v.optional(texts('code', 'message')) }),
    of('undone', { by: v.string() }),
    of('kept'),
    v.looseObject({ type: v.literal('unlocked'), unlock: Unlock }),
    v.looseObject({ type: v.literal('locked'), actor: v.string() }),
  ]),
});
