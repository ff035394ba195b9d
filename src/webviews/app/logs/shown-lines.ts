import type { LogBuffer } from '../../../domain/logs/buffer.ts';
import { compile, type LogFilter, type Matcher, noFilter } from '../../../domain/logs/filter.ts';
import type { Line } from './model.ts';

const everything: Matcher = { pattern: undefined, matches: () => true };

/** The numbers of the lines that a filter lets through, and where each begins when long ones take several rows. */
export class ShownLines {
  readonly #buffer: LogBuffer<Line>;
  #filter: LogFilter = noFilter;
  #matcher: Matcher = everything;
  #columns = Infinity;
  #numbers: number[] = [];
  /** The row after each line, counted over all that were ever shown. */
  #ends: number[] = [];
  #gone = 0;
  #seen = 0;

  constructor(buffer: LogBuffer<Line>) {
    this.#buffer = buffer;
  }

  get count(): number {
    return this.#numbers.length;
  }

  get rows(): number {
    return (this.#ends.at(-1) ?? this.#gone) - this.#gone;
  }

  /** Rows that have gone at the top since the lines were last laid out anew. */
  get gone(): number {
    return this.#gone;
  }

  /** An expression that is wrong shows all. */
  filter(filter: LogFilter): void {
    if (filter === this.#filter) return;
    this.#filter = filter;
    const matcher = compile(filter);
    this.#matcher = 'problem' in matcher ? everything : matcher;
    this.#layOut();
  }

  /** Cells in a row; Infinity where lines are not wrapped. */
  wrapAt(columns: number): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#layOut();
  }

  /** Everything before this number is another log's. */
  restart(from: number): void {
    this.#buffer.restart(from);
    this.#layOut();
  }

  /** Takes in what the buffer has got and lost. */
  update(): void {
    this.#forget();
    for (let number = Math.max(this.#seen, this.#buffer.first); number < this.#buffer.end; number++) {
      const line = this.#buffer.at(number);
      if (line && this.#matcher.matches(line.text)) {
        this.#numbers.push(number);
        this.#ends.push((this.#ends.at(-1) ?? this.#gone) + rowsOf(line.text, this.#columns));
      }
    }
    this.#seen = this.#buffer.end;
  }

  /** The line of that index, its number, and its rows. */
  at(index: number): { readonly number: number; readonly line: Line; readonly rows: number } | undefined {
    const number = this.#numbers[index];
    const line = number === undefined ? undefined : this.#buffer.at(number);
    if (number === undefined || !line) return undefined;
    return { number, line, rows: this.top(index + 1) - this.top(index) };
  }

  /** The first row of the line of that index. */
  top(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? this.#gone) - this.#gone;
  }

  /** The index of the line in that row. */
  indexAt(row: number): number {
    let [low, high] = [0, this.#ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0) - this.#gone > row) high = middle;
      else low = middle + 1;
    }
    return Math.min(low, Math.max(0, this.count - 1));
  }

  /** The indexes of shown lines that the matcher finds something in. */
  find(matcher: Matcher): readonly number[] {
    return this.#numbers.flatMap((number, index) => {
      const text = this.#buffer.at(number)?.text;
      return text !== undefined && matcher.matches(text) ? [index] : [];
    });
  }

  #forget(): void {
    const kept = this.#numbers.findIndex((number) => number >= this.#buffer.first);
    const count = kept < 0 ? this.#numbers.length : kept;
    if (count === 0) return;
    this.#gone = this.#ends[count - 1] ?? this.#gone;
    this.#numbers = this.#numbers.slice(count);
    this.#ends = this.#ends.slice(count);
  }

  #layOut(): void {
    this.#numbers = [];
    this.#ends = [];
    this.#gone = 0;
    this.#seen = 0;
    this.update();
  }
}

/**
 * How many rows a text takes. Beyond ASCII a character is counted as two cells: a row too many is a gap, one too few would
 * hide text.
 */
function rowsOf(text: string, columns: number): number {
  if (columns === Infinity || text.length * 4 <= columns) return 1;
  let cells = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    cells += code === 0x09 ? 4 : code < 0x7f ? 1 : 2;
  }
  return Math.max(1, Math.ceil(cells / columns));
}
