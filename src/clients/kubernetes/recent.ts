/** Enough for the workloads of a big cluster. */
const most = 8192;

/**
 * The same value for the same key, as long as the key is asked for now and then: what thousands of objects repeat is
 * kept once. At most twice `most` values are held: when the younger half is full, the older one goes.
 */
export class Recent<T> {
  #young = new Map<string, T>();
  #old = new Map<string, T>();

  get(key: string, make: (key: string) => T): T {
    const known = this.#young.get(key);
    if (known !== undefined) return known;
    const value = this.#old.get(key) ?? make(key);
    if (this.#young.size >= most) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
    return value;
  }
}

/** One result for each object, as long as the object lives. */
export function memoized<K extends object, T>(make: (key: K) => T): (key: K) => T {
  const made = new WeakMap<K, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
