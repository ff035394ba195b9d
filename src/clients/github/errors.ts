import type { RequestError } from '@octokit/request-error';
import { isCancelled, JarvisError, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { rateLimited, secondsToWait } from './rate-limit.ts';

const retry: Remedy = { kind: 'retry' };

/**
 * What a failed request means. Cancellation passes unchanged.
 * @param what the thing that was asked for, for the sentence of a 404
 * @param now milliseconds since the epoch, to turn a reset time into a wait
 */
export function toGithubError(error: unknown, what: string, now: number): unknown {
  if (isCancelled(error)) return error;
  const inner = error instanceof Error ? error.cause : undefined;
  if (isCancelled(inner) || inner instanceof JarvisError) return inner;
  if (!isRequestError(error)) return error;
  const { response } = error;
  if (!response) return offline(error.message, error);
  const headers = new Headers(Object.entries(response.headers).map(([name, value]) => [name, String(value)]));
  const wait = secondsToWait(error.status, headers, now);
  return wait === undefined ? answered(error, what, headers) : rateLimited(wait, error);
}

/** Something answers, and it is not GitHub's API. */
export function notGithub(apiUrl: string): JarvisError {
  return offline(t('what answers at {0} is not its API', apiUrl));
}

function offline(why: string, cause?: RequestError): JarvisError {
  const message = t('GitHub cannot be reached: {0}', why);
  const remedies: readonly Remedy[] = [retry, { kind: 'openSetting', setting: 'jarvis.github.apiUrl' }];
  return new JarvisError({ code: 'github.offline', message, cause, remedies });
}

function answered(cause: RequestError, what: string, headers: Headers): JarvisError {
  const { status } = cause;
  if (status === 401) return unauthorized(cause);
  if (status === 403) return forbidden(cause, headers);
  if (status === 404)
    return new JarvisError({
      code: 'github.notFound',
      message: t('GitHub has no {0}, or hides it from you.', what),
      cause,
    });
  if (status === 409)
    return new JarvisError({ code: 'github.conflict', message: t('GitHub refused: {0}', said(cause)), cause });
  if (status >= 500)
    return new JarvisError({
      code: 'github.serverError',
      message: t('GitHub has trouble of its own (status {0}).', status),
      cause,
      remedies: [retry],
    });
  return new JarvisError({ code: 'github.validation', message: t('GitHub refused: {0}', said(cause)), cause });
}

function unauthorized(cause: RequestError): JarvisError {
  const message = t('GitHub does not accept the sign-in any more.');
  return new JarvisError({ code: 'github.unauthorized', message, cause, remedies: [{ kind: 'signInGitHub' }] });
}

/** An organisation with single sign-on names the page where the token can be authorised. */
function forbidden(cause: RequestError, headers: Headers): JarvisError {
  const sso = /url=(\S+)/.exec(headers.get('x-github-sso') ?? '')?.[1];
  const remedies: readonly Remedy[] = sso === undefined ? [{ kind: 'signInGitHub' }] : [{ kind: 'openUrl', url: sso }];
  const message = t('GitHub does not allow this: {0}', said(cause));
  return new JarvisError({ code: 'github.forbidden', message, cause, remedies });
}

/** GitHub's own sentence. */
function said(error: RequestError): string {
  const data: unknown = error.response?.data;
  const message = typeof data === 'object' && data !== null && 'message' in data ? data.message : undefined;
  return typeof message === 'string' ? message : error.message;
}

/** By its form, since the class is loaded with the SDK only. */
function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}
