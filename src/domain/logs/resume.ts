import { keptLines } from './buffer.ts';

/**
 * Where a broken stream goes on, and which of the lines that then come again were there already.
 * `sinceTime` knows whole seconds only, and the lines of a file are not quite in the order of their times (stdout and
 * stderr are written side by side): so the stream is asked again from a second before the newest one, and each line
 * seen since then is expected once more.
 * Source: meta/v1 Time (RFC 3339 without fractions) in PodLogOptions.sinceTime, core/v1.
 */
export class Resume {
  /** By their second: how often each line was seen. Only the two newest seconds are kept, and no more than come again. */
  readonly #seen = new Map<number, Map<string, number>>();
  #newest = 0;
  #count = 0;
  readonly #most: number;
  #expected = new Map<string, number>();

  /** @param most so many of the last lines are asked for again */
  constructor(most = keptLines) {
    this.#most = most;
  }

  /** For the next request; undefined while nothing was seen. */
  get sinceTime(): string | undefined {
    return this.#newest === 0 ? undefined : new Date((this.#newest - 1) * 1000).toISOString().replace('.000', '');
  }

  /** The stream begins anew. */
  begin(): void {
    this.#expected = new Map();
    for (const [second, lines] of this.#seen) {
      if (second < this.#newest - 1) continue;
      for (const [line, count] of lines) this.#expected.set(line, count);
    }
  }

  /** Is the line, with its time in front, one that was not there yet? */
  isNew(raw: string, at: number): boolean {
    const again = this.#expected.get(raw) ?? 0;
    if (again > 0) {
      this.#expected.set(raw, again - 1);
      return false;
    }
    if (at > 0) this.#remember(raw, Math.floor(at / 1000));
    return true;
  }

  #remember(raw: string, second: number): void {
    if (second > this.#newest) {
      this.#newest = second;
      for (const old of this.#seen.keys()) if (old < second - 1) this.#forget(old);
    }
    if (second < this.#newest - 1) return;
    const lines = this.#seen.get(second) ?? new Map<string, number>();
    this.#seen.set(second, lines.set(raw, (lines.get(raw) ?? 0) + 1));
    this.#count++;
    if (this.#count > this.#most) this.#forgetFirst();
  }

  #forget(second: number): void {
    for (const count of this.#seen.get(second)?.values() ?? []) this.#count -= count;
    this.#seen.delete(second);
  }

  #forgetFirst(): void {
    for (const [second, lines] of this.#seen) {
      for (const [line, count] of lines) {
        lines.delete(line);
        this.#count -= count;
        return;
      }
      this.#seen.delete(second);
    }
  }
}
