/** What must be ended, in reverse order of its start. What is added after the end is ended at once. */
export class Stack {
  #ends: (() => Promise<void>)[] = [];
  #closed = false;

  async add<T>(item: T, end: (item: T) => Promise<void> | void): Promise<T> {
    if (this.#closed) await end(item);
    else this.#ends.push(async () => end(item));
    return item;
  }

  /** Ends all, even when one fails to. @throws the first failure. */
  async close(): Promise<void> {
    this.#closed = true;
    const failures: unknown[] = [];
    for (const end of this.#ends.splice(0).reverse()) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
