import type { Span } from './range.ts';

/** Enough for two weeks at one point a minute. */
const maxPoints = 20_160;

/** What was seen of one value, in the order of its time; `null` where nobody looked. */
export class Track {
  readonly #maxGapMs: number;
  #times: number[] = [];
  #values: (number | null)[] = [];

  /** Longer than this without a point, and there is a gap. Infinity: the value holds until the next. */
  constructor(maxGapMs: number) {
    this.#maxGapMs = maxGapMs;
  }

  get last(): number | null | undefined {
    return this.#values.at(-1);
  }

  /** A point that is not newer than the last one tells nothing new. */
  add(at: number, value: number): void {
    const before = this.#times.at(-1);
    if (before !== undefined && at <= before) return;
    if (before !== undefined && at - before > this.#maxGapMs) this.#push(before + 1, null);
    this.#push(at, value);
  }

  /** Nobody looks from now on. */
  pause(at: number): void {
    const before = this.#times.at(-1);
    if (before !== undefined && this.last !== null) this.#push(Math.max(at, before + 1), null);
  }

  within({ from, to }: Span): { readonly times: readonly number[]; readonly values: readonly (number | null)[] } {
    const seen = this.#times.flatMap((time, index) => (time >= from && time <= to ? [index] : []));
    return {
      times: seen.map((index) => this.#times[index] ?? 0),
      values: seen.map((index) => this.#values[index] ?? null),
    };
  }

  /** As {@link within}, for a value that holds until it changes: from the span's edge, to the span's edge. */
  stepsWithin(span: Span): { readonly times: readonly number[]; readonly values: readonly (number | null)[] } {
    const { times, values } = this.within(span);
    const before = this.#values[this.#times.findLastIndex((time) => time < span.from)] ?? null;
    const head = before === null ? [] : [before];
    const tail = times.length + head.length > 0 ? [values.at(-1) ?? (times.length === 0 ? before : null)] : [];
    return {
      times: [...head.map(() => span.from), ...times, ...tail.map(() => span.to)],
      values: [...head, ...values, ...tail],
    };
  }

  #push(at: number, value: number | null): void {
    this.#times.push(at);
    this.#values.push(value);
    if (this.#times.length <= maxPoints) return;
    this.#times = this.#times.slice(-maxPoints);
    this.#values = this.#values.slice(-maxPoints);
  }
}
