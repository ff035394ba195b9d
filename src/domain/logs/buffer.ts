/** As many lines and characters as one view keeps: what a person can scroll through, and some 40 MB. */
export const keptLines = 100_000;
const keptCharacters = 20_000_000;

/**
 * The newest lines. Each has a number, counted from 0 and never used again, so that who reads along knows what is new
 * and what is gone.
 */
export class LogBuffer<T extends { readonly text: string }> {
  #lines: T[] = [];
  #head = 0;
  #first = 0;
  #characters = 0;
  #dropped = 0;
  readonly #most: number;

  constructor(most = keptLines) {
    this.#most = most;
  }

  /** The number of the oldest line kept. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next line will have. */
  get end(): number {
    return this.#first + this.#lines.length - this.#head;
  }

  /** How many had to go because there was no more room. */
  get dropped(): number {
    return this.#dropped;
  }

  push(lines: readonly T[]): void {
    for (const line of lines) {
      this.#lines.push(line);
      this.#characters += line.text.length;
    }
    while (this.end - this.#first > this.#most || this.#characters > keptCharacters) {
      this.#dropFirst();
      this.#dropped += 1;
    }
    this.#compact();
  }

  /** Lines by their numbers; of those that are gone, none. */
  slice(from: number, to: number): readonly T[] {
    const index = (number: number) => this.#head + Math.max(0, number - this.#first);
    return this.#lines.slice(index(from), index(to));
  }

  at(number: number): T | undefined {
    return number < this.#first ? undefined : this.#lines[this.#head + number - this.#first];
  }

  /** Lets go of the lines before this number. */
  dropBefore(number: number): void {
    while (this.#first < number && this.#first < this.end) this.#dropFirst();
    this.#compact();
  }

  /** Begins anew with this number. */
  restart(from: number): void {
    this.#lines = [];
    this.#head = 0;
    this.#characters = 0;
    this.#dropped = 0;
    this.#first = from;
  }

  #dropFirst(): void {
    this.#characters -= this.#lines[this.#head]?.text.length ?? 0;
    this.#head += 1;
    this.#first += 1;
  }

  /** Moving the rest to the front is dear, and what is gone is in memory until then: it is done when a quarter is gone. */
  #compact(): void {
    if (this.#head < 1000 || this.#head * 4 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }
}
