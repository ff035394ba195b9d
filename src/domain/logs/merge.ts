import type { LogLine } from './line.ts';

/** How long a line waits for earlier ones of other sources, ms. */
const patienceMs = 300;
/** Nothing waits in a crowd like this. */
const crowd = 20_000;

/** Puts the lines of several sources in the order of their times, as far as a short wait allows. */
export class Merger {
  #waiting: { readonly line: LogLine; readonly arrived: number }[] = [];

  get isEmpty(): boolean {
    return this.#waiting.length === 0;
  }

  /** Are there so many that none may wait any longer? */
  get isCrowded(): boolean {
    return this.#waiting.length > crowd;
  }

  add(lines: readonly LogLine[], now: number): void {
    for (const line of lines) this.#waiting.push({ line, arrived: now });
  }

  /** The lines that have waited long enough, with all that are before them. `atOnce`: there is nothing to wait for. */
  take(now: number, atOnce: boolean): readonly LogLine[] {
    this.#waiting.sort((a, b) => a.line.at - b.line.at);
    const ripe = atOnce || this.isCrowded;
    const count = ripe ? this.#waiting.length : this.#lastRipe(now) + 1;
    return this.#waiting.splice(0, count).map(({ line }) => line);
  }

  #lastRipe(now: number): number {
    return this.#waiting.findLastIndex(({ arrived }) => arrived <= now - patienceMs);
  }
}
