/** Below this many changes a copy of everything would not be worth its while. */
const least = 512;

/**
 * A big map under constant change that is handed out as snapshots which never change: a base that all of them share, and
 * over it what has changed since, copied with each snapshot and merged into a new base when it has grown.
 */
export class LayeredMap<V extends object> {
  #base: ReadonlyMap<string, V>;
  /** `undefined`: removed. */
  #changes = new Map<string, V | undefined>();
  #size: number;

  /** @param base not to be changed by anybody from now on */
  constructor(base: ReadonlyMap<string, V> = new Map()) {
    this.#base = base;
    this.#size = base.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key);
  }

  set(key: string, value: V): void {
    if (this.get(key) === undefined) this.#size++;
    this.#changes.set(key, value);
  }

  /** @returns whether it was there */
  delete(key: string): boolean {
    if (this.get(key) === undefined) return false;
    this.#size--;
    if (this.#base.has(key)) this.#changes.set(key, undefined);
    else this.#changes.delete(key);
    return true;
  }

  keys(): Iterable<string> {
    return this.snapshot().keys();
  }

  snapshot(): ReadonlyMap<string, V> {
    if (this.#changes.size === 0) return this.#base;
    if (this.#changes.size <= Math.max(least, this.#base.size / 8))
      return new Layered(this.#base, new Map(this.#changes), this.#size);
    return this.#merge();
  }

  #merge(): ReadonlyMap<string, V> {
    const merged = new Map(this.#base);
    for (const [key, value] of this.#changes) {
      if (value === undefined) merged.delete(key);
      else merged.set(key, value);
    }
    this.#base = merged;
    this.#changes = new Map();
    return merged;
  }
}

/** A map that still grows, seen under an identity of its own and not copied: fit for looking at. */
export function viewOf<V extends object>(growing: ReadonlyMap<string, V>): ReadonlyMap<string, V> {
  return new Layered(growing, new Map(), growing.size);
}

class Layered<V extends object> implements ReadonlyMap<string, V> {
  readonly #base: ReadonlyMap<string, V>;
  readonly #changes: ReadonlyMap<string, V | undefined>;
  readonly size: number;

  constructor(base: ReadonlyMap<string, V>, changes: ReadonlyMap<string, V | undefined>, size: number) {
    this.#base = base;
    this.#changes = changes;
    this.size = size;
  }

  get(key: string): V | undefined {
    return this.#changes.has(key) ? this.#changes.get(key) : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }

  /** What is changed keeps its place; what is new comes last. */
  *entries(): MapIterator<[string, V]> {
    for (const key of this.keys()) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
  }

  *keys(): MapIterator<string> {
    const changes = this.#changes;
    for (const key of this.#base.keys()) if (!changes.has(key) || changes.get(key) !== undefined) yield key;
    for (const [key, value] of changes) if (value !== undefined && !this.#base.has(key)) yield key;
  }

  *values(): MapIterator<V> {
    const changes = this.#changes;
    for (const [key, before] of this.#base) {
      const value = changes.get(key) ?? (changes.has(key) ? undefined : before);
      if (value !== undefined) yield value;
    }
    for (const [key, value] of changes) if (value !== undefined && !this.#base.has(key)) yield value;
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries();
  }

  forEach(call: (value: V, key: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [key, value] of this) call(value, key, this);
  }
}
