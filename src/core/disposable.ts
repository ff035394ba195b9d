/** Something that holds a resource (a timer, a listener, a socket) until it is told to let go. */
export interface Disposable {
  dispose(): void;
}

export function disposable(dispose: () => void): Disposable {
  let done = false;
  return {
    dispose() {
      if (done) return;
      done = true;
      dispose();
    },
  };
}

/** Several as one. */
export function joined(items: readonly Disposable[]): Disposable {
  return disposable(() => {
    for (const item of items) item.dispose();
  });
}

/** Owns many; disposes them in reverse order. What is added after the end is disposed at once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    this.#disposed = true;
    const items = this.#items.reverse();
    this.#items = [];
    for (const item of items) item.dispose();
  }
}

/** What is made of code that must be loaded first; it is not made at all when it is let go before that. */
export function madeLater(load: () => Promise<() => Disposable>): Disposable {
  const store = new DisposableStore();
  void load().then((make) => {
    if (!store.isDisposed) store.add(make());
  });
  return store;
}
