import type { JournalEntry } from '../journal.ts';
import type { Unlock } from './lock-event.ts';
import type { Place } from './protection.ts';

/** Nobody needs a lock open for longer; an entry that says so is not ours. */
export const longestUnlockMs = 8 * 60 * 60_000;

/** What the journal of all windows leaves open at a moment: an unlock ends by its own time, whoever is there to see it. */
export function unlocksAt(entries: readonly JournalEntry[], now: number): readonly Unlock[] {
  let open: readonly Unlock[] = [];
  for (const { event } of entries) {
    if (event.type === 'locked') open = [];
    if (event.type === 'unlocked') open = [...open, event.unlock];
  }
  return open.filter((unlock) => isOpen(unlock, now));
}

export function isOpen({ at, until }: Unlock, now: number): boolean {
  return at <= now && now < until && until - at <= longestUnlockMs;
}

/** For the place's own context alone: another name of the same cluster is unlocked by itself. */
export function opens({ cluster }: Unlock, place: Place): boolean {
  return cluster.context === place.cluster.context && cluster.server === place.cluster.server;
}
