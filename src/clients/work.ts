import type { Event } from '../core/event.ts';

/** What goes on after it was begun. */
export interface Work<T> {
  /** The last lines that it said, oldest first, as harmless text. */
  readonly said: readonly string[];
  readonly onDidSay: Event<undefined>;
  readonly done: Promise<T>;
  /** Asks it to end where it stands: nothing is taken back. `done` tells how it did. */
  stop(): void;
}
