import type { Clock } from '../core/clock.ts';
import { type Disposable, disposable } from '../core/disposable.ts';

/** A view, or anything else that draws. */
export interface Refreshable {
  readonly visible: boolean;
  /** Draws what has changed; with `all`, also what only time has changed (ages). @returns whether that was anything */
  flush(all: boolean): boolean;
}

/** At most so many drawings in any second, and none right after another. */
const most = 5;
const secondMs = 1000;
const gapMs = 40;
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
  /** When was drawn, the last few times. */
  #drawn: readonly number[] = [];

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
    this.#timer ??= this.#clock.after(this.#wait(), () => this.#flushDue());
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

  /** The first rows of a list wait for nobody, nor does its end for long, but what goes on changing is gathered. */
  #wait(): number {
    const [first = -Infinity] = this.#drawn.length < most ? [] : this.#drawn;
    const last = this.#drawn.at(-1) ?? -Infinity;
    return Math.max(0, last + gapMs - this.#clock.now(), first + secondMs - this.#clock.now());
  }

  #flushDue(): void {
    this.#timer = undefined;
    const due = [...this.#due];
    this.#due.clear();
    const drawn = due.filter((view) => view.visible && view.flush(false));
    if (drawn.length > 0) this.#drawn = [...this.#drawn, this.#clock.now()].slice(-most);
  }
}
