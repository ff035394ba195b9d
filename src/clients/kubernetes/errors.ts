import { type ErrorCode, JarvisError, type Remedy, isCancelled } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { retryAfter, waitSeconds } from '../../core/time.ts';

/** meta/v1 Status, as far as errors need it. */
export interface ApiStatus {
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly details?: { readonly retryAfterSeconds?: number };
}

const retry: Remedy = { kind: 'retry' };
const openLog: Remedy = { kind: 'openLog' };

/** What an HTTP status of the API means. Source: api-conventions.md, "HTTP Status codes". */
const codes: Readonly<Record<number, ErrorCode>> = {
  400: 'kube.invalid',
  401: 'kube.unauthorized',
  403: 'kube.forbidden',
  404: 'kube.notFound',
  406: 'kube.notAcceptable',
  409: 'kube.conflict',
  410: 'kube.gone',
  415: 'kube.unsupportedPatch',
  422: 'kube.invalid',
  429: 'kube.tooManyRequests',
  503: 'kube.unavailable',
  504: 'kube.timeout',
};

/** The error for an answer of the API server, in its own words where it gave any. */
export function apiError(context: string, status: ApiStatus, header = ''): JarvisError {
  const code = codes[status.code ?? 0] ?? 'kube.server';
  const seconds = retryAfter(header) ?? waitSeconds(status.details?.retryAfterSeconds ?? 0);
  return new JarvisError({
    code,
    message: words(code, context, status),
    cause: status,
    remedies: code === 'kube.unauthorized' ? [retry, openLog] : [retry],
    ...(seconds && { retryAfterSeconds: seconds }),
  });
}

function words(code: ErrorCode, context: string, { code: http = 0, message }: ApiStatus): string {
  const said = message ?? t('HTTP status {0}', http);
  switch (code) {
    case 'kube.unauthorized':
      return t('{0} does not accept your credentials. Sign in again the way you do for kubectl.', context);
    case 'kube.forbidden':
      return t('{0} does not allow this: {1}', context, said);
    case 'kube.notFound':
      return message ?? t('{0} has no objects of this kind, or no longer.', context);
    case 'kube.tooManyRequests':
      return t('{0} asks to send fewer requests.', context);
    case 'kube.server':
    case 'kube.unavailable':
      return t('{0} failed: {1}', context, said);
    default:
      return said;
  }
}

/** What node and undici name problems of TLS. */
const tlsCode =
  /^(ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;

/** Where a request went. */
export interface Destination {
  readonly context: string;
  readonly server: string;
  readonly proxyUrl: string | undefined;
}

/** The error for a request that got no answer. Cancelling passes unchanged. */
export function networkError({ context, server, proxyUrl }: Destination, error: unknown): unknown {
  if (error instanceof JarvisError || isCancelled(error)) return error;
  const cause = rootCause(error);
  if (tlsCode.test(cause.code))
    return new JarvisError({
      code: 'kube.tls',
      message: t('The certificate of {0} ({1}) is not trusted: {2}', context, server, cause.message),
      cause: error,
      remedies: [{ kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' }, openLog],
    });
  return new JarvisError({
    code: 'kube.unreachable',
    message: proxyUrl
      ? t(
          '{0} ({1}) cannot be reached through the proxy {2}: {3}',
          context,
          server,
          withoutPassword(proxyUrl),
          cause.message,
        )
      : t('{0} ({1}) cannot be reached: {2}', context, server, cause.message),
    cause: error,
    remedies: [retry, openLog],
  });
}

function withoutPassword(proxyUrl: string): string {
  return URL.canParse(proxyUrl) ? `${new URL(proxyUrl).protocol}//${new URL(proxyUrl).host}` : proxyUrl;
}

/** The server ends each stream at once. */
export function streamEnded(context: string): JarvisError {
  return new JarvisError({
    code: 'kube.server',
    message: t('{0} keeps ending the connection.', context),
    remedies: [retry, openLog],
  });
}

export function listUnfinished(context: string): JarvisError {
  return new JarvisError({
    code: 'kube.timeout',
    message: t('{0} began to list its objects and did not finish.', context),
    remedies: [retry],
  });
}

export function timeoutError(context: string, seconds: number): JarvisError {
  return new JarvisError({
    code: 'kube.timeout',
    message: t('{0} did not answer within {1} seconds.', context, seconds),
    remedies: [retry],
  });
}

/** The innermost cause that has a code; several addresses of a host fail together in one AggregateError. */
function rootCause(error: unknown): { code: string; message: string } {
  if (error instanceof AggregateError && error.errors.length > 0) return rootCause(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (error.cause instanceof Error) {
    const inner = rootCause(error.cause);
    if (inner.code) return inner;
  }
  return { code, message: error.message || code };
}
