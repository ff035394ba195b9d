/** What a handler answers; an absent body is an empty one. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });

/** An answer of GitHub's error form: `{message, documentation_url, status}`. */
export class ApiError extends Error {
  readonly status: number;
  readonly docs: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, docs = 'https://docs.github.com/rest', headers = {}) {
    super(message);
    this.status = status;
    this.docs = docs;
    this.headers = headers;
  }

  toAnswer(): Answer {
    const body = { message: this.message, documentation_url: this.docs, status: String(this.status) };
    return { status: this.status, body, headers: this.headers };
  }
}

export const notFound = (docs?: string) => new ApiError(404, 'Not Found', docs);
