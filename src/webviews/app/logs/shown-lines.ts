import type { LogBuffer } from '../../../domain/logs/buffer.ts';
import { compile, everything, type LogFilter, noFilter } from '../../../domain/logs/filter.ts';
import type { LogLine } from '../../../domain/logs/line.ts';

/** As long as the page may stop for lines, ms: it draws sixty times a second. */
const sliceMs = 10;
/** So many lines are looked through between two looks at the clock. */
const stride = 50;

/**
 * The numbers of the lines that a filter lets through, or has found among all, and where each begins when long ones take
 * several rows. Many lines are taken in slices; `later` is called when one is over and there is more to do.
 */
export class ShownLines {
  readonly #buffer: LogBuffer<LogLine>;
  readonly #later: () => void;
  #filter: LogFilter = noFilter;
  #only = true;
  #matcher = everything;
  #columns = Infinity;
  #numbers: number[] = [];
  #found: number[] = [];
  /** The row after each line, counted over all that were ever shown. */
  #ends: number[] = [];
  #gone = 0;
  #seen = 0;

  constructor(buffer: LogBuffer<LogLine>, later: () => void) {
    this.#buffer = buffer;
    this.#later = later;
  }

  get count(): number {
    return this.#numbers.length;
  }

  /** The numbers of the lines that have what is looked for, where all are shown. */
  get found(): readonly number[] {
    return this.#found;
  }

  /** Are there lines that were not looked through yet? */
  get isBehind(): boolean {
    return this.#seen < this.#buffer.end;
  }

  get rows(): number {
    return (this.#ends.at(-1) ?? this.#gone) - this.#gone;
  }

  /** Rows that have gone at the top since the lines were last laid out anew. */
  get gone(): number {
    return this.#gone;
  }

  /** `only` the lines that match, or all. An expression that is wrong shows all. */
  filter(filter: LogFilter, only: boolean): void {
    if (filter === this.#filter && only === this.#only) return;
    this.#filter = filter;
    this.#only = only;
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

  /** Takes in what the buffer has lost, and a slice of what it has got. */
  update(): void {
    this.#forget();
    this.#seen = Math.max(this.#seen, this.#buffer.first);
    const over = performance.now() + sliceMs;
    while (this.isBehind && performance.now() < over) {
      const end = Math.min(this.#seen + stride, this.#buffer.end);
      while (this.#seen < end) this.#take(this.#seen++);
    }
    if (this.isBehind) this.#later();
  }

  /** The line of that index, its number, and its rows. */
  at(index: number): { readonly number: number; readonly line: LogLine; readonly rows: number } | undefined {
    const number = this.#numbers[index];
    const line = number === undefined ? undefined : this.#buffer.at(number);
    if (number === undefined || !line) return undefined;
    return { number, line, rows: this.top(index + 1) - this.top(index) };
  }

  /** The index of the line of that number; undefined where it is not shown. */
  indexOf(number: number): number | undefined {
    const index = firstWhere(this.#numbers, (other) => other >= number);
    return this.#numbers[index] === number ? index : undefined;
  }

  /** The first row of the line of that index. */
  top(index: number): number {
    return index === 0 ? 0 : (this.#ends[index - 1] ?? this.#gone) - this.#gone;
  }

  /** The index of the line in that row. */
  indexAt(row: number): number {
    const index = firstWhere(this.#ends, (end) => end - this.#gone > row);
    return Math.min(index, Math.max(0, this.count - 1));
  }

  #take(number: number): void {
    const line = this.#buffer.at(number);
    if (!line) return;
    const matches = this.#matcher.matches(line.text);
    if (matches && !this.#only) this.#found.push(number);
    if (!matches && this.#only) return;
    this.#numbers.push(number);
    this.#ends.push((this.#ends.at(-1) ?? this.#gone) + rowsOf(line.text, this.#columns));
  }

  #forget(): void {
    const isKept = (number: number) => number >= this.#buffer.first;
    const count = firstWhere(this.#numbers, isKept);
    if (count === 0) return;
    this.#found = this.#found.slice(firstWhere(this.#found, isKept));
    this.#gone = this.#ends[count - 1] ?? this.#gone;
    this.#numbers = this.#numbers.slice(count);
    this.#ends = this.#ends.slice(count);
  }

  #layOut(): void {
    this.#numbers = [];
    this.#found = [];
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

/** The first index that it is true of, in a list where it is true from there on; the length where there is none. */
function firstWhere(list: readonly number[], isTrue: (value: number) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = list[middle];
    if (value === undefined || isTrue(value)) high = middle;
    else low = middle + 1;
  }
  return low;
}
