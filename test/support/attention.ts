import { AttentionIndex } from '../../src/domain/attention/attention-index.ts';
import type { AttentionKind, Finding, ObjectOf } from '../../src/domain/attention/model.ts';
import type { Condition } from '../../src/domain/kubernetes/model.ts';

export const noon = Date.parse('2026-11-21T12:00:00Z');
export const minute = 60_000;

/** As it has been for ten minutes, unless told otherwise. */
export function aCondition(type: string, status: string, over: Partial<Condition> = {}): Condition {
  return { type, status, reason: '', message: '', changedAt: noon - 10 * minute, ...over };
}

type Thing = { [K in AttentionKind]: readonly [K, ObjectOf<K>] }[AttentionKind];

/** What is said at noon, or at another time, of a cluster that holds these things. */
export function findingsOn(things: readonly Thing[], now = noon): readonly Finding[] {
  const index = new AttentionIndex(() => now);
  for (const [kind, object] of things) index.put(kind, object);
  index.judge();
  return index.findings();
}

export function sentencesOn(things: readonly Thing[], now = noon): readonly string[] {
  return findingsOn(things, now).map(({ sentence }) => sentence);
}
