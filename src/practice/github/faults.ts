/** What goes wrong on purpose, for the next calls that match. */
export interface Fault {
  /** Tested on `METHOD /path`; absent: every call. */
  readonly match?: RegExp;
  /** How many calls; absent: one. */
  readonly times?: number;
  /** `disconnect` cuts the connection before anything was done, `loseAnswer` after it. */
  readonly answer: FaultAnswer | 'disconnect' | 'loseAnswer';
}

export interface FaultAnswer {
  readonly status: number;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** GitHub's secondary rate limit, as it answers it. */
export function secondaryLimit(retryAfterSeconds: number, status: 403 | 429 = 403): FaultAnswer {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';
  return { status, message, headers: { 'retry-after': String(retryAfterSeconds) } };
}

export class Faults {
  #planned: { fault: Fault; left: number }[] = [];

  plan(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The first planned fault that fits, used up by one. */
  take(method: string, path: string): Fault['answer'] | undefined {
    const entry = this.#planned.find(({ fault }) => fault.match?.test(`${method} ${path}`) ?? true);
    if (!entry) return undefined;
    if (--entry.left <= 0) this.#planned = this.#planned.filter((other) => other !== entry);
    return entry.fault.answer;
  }
}
