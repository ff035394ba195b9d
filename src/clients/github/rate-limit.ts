import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { retryAfter, waitSeconds } from '../../core/time.ts';

export function rateLimited(retryAfterSeconds: number, cause?: unknown): JarvisError {
  const message = t("GitHub's rate limit is reached. It lets us on in {0} s.", retryAfterSeconds);
  return new JarvisError({
    code: 'github.rateLimited',
    message,
    retryAfterSeconds,
    cause,
    remedies: [{ kind: 'retry' }],
  });
}

/**
 * Seconds that GitHub asks to wait, undefined where the answer is no rate limit: `retry-after`, else until
 * `x-ratelimit-reset` when nothing remains, else a minute for a bare 429.
 */
export function secondsToWait(status: number, headers: Headers, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get('retry-after') ?? '';
  if (after === '0') return 0;
  const asked = retryAfter(after, now);
  if (asked !== undefined) return asked;
  const reset = Number(headers.get('x-ratelimit-reset'));
  if (headers.get('x-ratelimit-remaining') === '0' && reset > 0)
    return waitSeconds(Math.max(1, Math.ceil(reset - now / 1000)));
  return status === 429 ? 60 : undefined;
}
