/**
 * What a person can do about an error. The interface turns each kind into one button; the label is never part of the
 * error, so that the same way out reads the same everywhere.
 */
export type Remedy =
  | { readonly kind: 'retry' }
  | { readonly kind: 'openLog' }
  | { readonly kind: 'signInGitHub' }
  /** By `aws sso login`, or the verb given. */
  | { readonly kind: 'signInAws'; readonly verb?: 'login'; readonly profile?: string }
  | { readonly kind: 'openSetting'; readonly setting: string }
  | { readonly kind: 'openFile'; readonly path: string }
  | { readonly kind: 'openUrl'; readonly url: string }
  | { readonly kind: 'openFolder' }
  | { readonly kind: 'trustWorkspace' }
  /** By the command Set Up Remediation. */
  | { readonly kind: 'setUp' }
  /** Opens the production lock of a kubeconfig's context, for a reason. */
  | {
      readonly kind: 'unlock';
      readonly cluster: { readonly context: string; readonly server: string; readonly cluster: string };
    };

/** `area.what`, for example `aws.credentialsExpired`. Code decides on it; message text is for people only. */
export type ErrorCode = `${string}.${string}`;

export interface ErrorInit {
  readonly code: ErrorCode;
  /** One sentence in the user's language: what happened, to which object. */
  readonly message: string;
  /** The error below, kept for the log. */
  readonly cause?: unknown;
  readonly remedies?: readonly Remedy[];
  /** Seconds to wait before the next try, where the server said so (Retry-After, rate limits). */
  readonly retryAfterSeconds?: number;
}

/** The one error type that reaches people: a code, a cause and ways out. */
export class JarvisError extends Error {
  readonly code: ErrorCode;
  readonly remedies: readonly Remedy[];
  readonly retryAfterSeconds: number | undefined;

  constructor(init: ErrorInit) {
    super(init.message, { cause: init.cause });
    this.name = 'JarvisError';
    this.code = init.code;
    this.remedies = init.remedies ?? [];
    this.retryAfterSeconds = init.retryAfterSeconds;
  }
}

/** Somebody cancelled. Thrown to unwind, never shown, never logged as a fault. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

/** True for our own cancellation and for the AbortError that fetch, timers and the SDKs throw when a signal fires. */
export function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError || (error instanceof Error && error.name === 'AbortError');
}

/** Makes a {@link JarvisError} of whatever was thrown; one that is already typed passes unchanged. */
export function toJarvisError(error: unknown): JarvisError {
  if (error instanceof JarvisError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new JarvisError({
    code: 'internal.unexpected',
    message,
    cause: error,
    remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
  });
}
