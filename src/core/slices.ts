/** Of a frame of 16 ms, what may be taken from the others: a collection of garbage may come on top of it. */
const sliceMs = 4;

/**
 * Shares one thread among much work and those who wait to be served: after each piece of work, {@link Slices.rest} lets
 * everybody else go first once the pieces together have had their slice of time.
 */
export class Slices {
  readonly #now: () => number;
  #spent = 0;
  #resting: Promise<void> | undefined;

  /** @param now milliseconds from any moment on */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  work<T>(piece: () => T): T {
    const began = this.#now();
    try {
      return piece();
    } finally {
      this.#spent += this.#now() - began;
    }
  }

  /** To be awaited between pieces. Undefined while there is time left: then nothing is waited for. */
  rest(): Promise<void> | undefined {
    if (this.#spent < sliceMs) return undefined;
    this.#resting ??= new Promise((resolve) => {
      setImmediate(() => {
        this.#spent = 0;
        this.#resting = undefined;
        resolve();
      });
    });
    return this.#resting;
  }
}

/** What all decoding of this process shares. */
export const slices = new Slices();
