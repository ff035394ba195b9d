import type { Clock } from '../core/clock.ts';
import { type Disposable, disposable } from '../core/disposable.ts';

/** A view, or anything else that draws. */
export interface Refreshable {
  readonly visible: boolean;
  /** Draws what has changed; with `all`, also what only time has changed (ages). */
  flush(all: boolean): void;
}

const automaticMs = 200;
const ageMs = 15_000;

/**
 * Owns all redrawing: automatic requests are gathered (five times a second at most), only visible views draw, ages move
 * on while somebody looks, and what a person asks for happens at once.
 */
export class RefreshScheduler implements Disposable {
  readonly #clock: Clock;
  readonly #views = new Set<Refreshable>();
  readonly #due = new Set<Refreshable>();
  #timer: Disposable | undefined;
  #ageing: Disposable | undefined;
  #lastFlush = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(view: Refreshable): Disposable {
    this.#views.add(view);
    this.watchAges();
    return disposable(() => {
      this.#views.delete(view);
      this.#due.delete(view);
    });
  }

  /** Something may have changed in the view. */
  request(view: Refreshable): void {
    this.#due.add(view);
    const wait = Math.max(0, this.#lastFlush + automaticMs - this.#clock.now());
    this.#timer ??= this.#clock.after(wait, () => this.#flushDue());
  }

  /** A person asked: everything that is visible, now. */
  refreshNow(): void {
    for (const view of this.#views) if (view.visible) view.flush(true);
  }

  /** To be called when a view is shown: ages have stood still while nobody looked. */
  watchAges(): void {
    if (this.#ageing || ![...this.#views].some((view) => view.visible)) return;
    this.#ageing = this.#clock.after(ageMs, () => {
      this.#ageing = undefined;
      this.refreshNow();
      this.watchAges();
    });
  }

  dispose(): void {
    this.#timer?.dispose();
    this.#ageing?.dispose();
    this.#views.clear();
    this.#due.clear();
  }

  #flushDue(): void {
    this.#timer = undefined;
    this.#lastFlush = this.#clock.now();
    const due = [...this.#due];
    this.#due.clear();
    for (const view of due) if (view.visible) view.flush(false);
  }
}
