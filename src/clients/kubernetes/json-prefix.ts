/**
 * Finds values in the beginning of a JSON document, without parsing the rest of it: `found` has what was complete so far,
 * by the path, whose keys are joined by dots (none of which holds a dot itself). For documents of many megabytes whose head is wanted.
 */
export function findInPrefix(json: Buffer, paths: readonly string[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  const scanner = new Scanner(json);
  try {
    scanner.object(
      '',
      (path, start, end) => {
        if (paths.includes(path)) found.set(path, JSON.parse(json.toString('utf8', start, end)));
        return found.size < paths.length;
      },
      (path) => paths.some((wanted) => wanted.startsWith(`${path}.`)),
    );
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
  }
  return found;
}

/** The prefix ends here: what comes next is not known yet. */
class Unfinished extends Error {}

const quote = 0x22;
const backslash = 0x5c;
const openers = new Set([0x7b, 0x5b]);
const closers = new Set([0x7d, 0x5d]);
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Of numbers, true, false and null. */
const literal = new Set(Buffer.from('0123456789+-.Eaeflnrstu'));

type Visit = (path: string, start: number, end: number) => boolean;

class Scanner {
  readonly #json: Buffer;
  #at = 0;

  constructor(json: Buffer) {
    this.#json = json;
  }

  /** Visits the members of the object here, and goes into those that `enters`; false when the visitor has had enough. */
  object(prefix: string, visit: Visit, enters: (path: string) => boolean): boolean {
    this.#expect('{');
    while (this.#peek() !== 0x7d) {
      const path = prefix + this.#key().replaceAll('.', '\\.');
      this.#expect(':');
      this.#peek();
      if (enters(path) && this.#peek() === 0x7b) {
        if (!this.object(`${path}.`, visit, enters)) return false;
      } else {
        const start = this.#at;
        this.#skipValue();
        if (!visit(path, start, this.#at)) return false;
      }
      if (this.#peek() === 0x2c) this.#at++;
    }
    this.#at++;
    return true;
  }

  #key(): string {
    this.#peek();
    const start = this.#at;
    this.#skipString();
    const key: unknown = JSON.parse(this.#json.toString('utf8', start, this.#at));
    return String(key);
  }

  #skipValue(): void {
    let depth = 0;
    do {
      const byte = this.#peek();
      if (byte === quote) this.#skipString();
      else if (openers.has(byte)) depth += this.#step();
      else if (closers.has(byte)) depth -= this.#step();
      else if (byte === 0x2c || byte === 0x3a) this.#at++;
      else this.#skipLiteral();
    } while (depth > 0);
  }

  #step(): 1 {
    this.#at++;
    return 1;
  }

  #skipLiteral(): void {
    const start = this.#at;
    while (literal.has(this.#byte())) this.#at++;
    if (this.#at === start) throw new SyntaxError(`unexpected character at ${start}`);
  }

  #skipString(): void {
    if (this.#byte() !== quote) throw new SyntaxError(`string expected at ${this.#at}`);
    this.#at++;
    for (;;) {
      const end = this.#json.indexOf(quote, this.#at);
      if (end < 0) throw new Unfinished();
      this.#at = end + 1;
      let escapes = 0;
      while (this.#json[end - 1 - escapes] === backslash) escapes++;
      if (escapes % 2 === 0) return;
    }
  }

  #expect(character: string): void {
    if (this.#peek() !== character.charCodeAt(0)) throw new SyntaxError(`${character} expected at ${this.#at}`);
    this.#at++;
  }

  /** The next byte that is not blank. */
  #peek(): number {
    while (blanks.has(this.#byte())) this.#at++;
    return this.#byte();
  }

  #byte(): number {
    const byte = this.#json[this.#at];
    if (byte === undefined) throw new Unfinished();
    return byte;
  }
}
