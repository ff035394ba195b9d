const form = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)$/i;
/** Milliseconds on either side of 1970 that a Date can hold. */
const farthest = 8.64e15;

/**
 * An RFC 3339 time in milliseconds since the epoch; also with an offset without a colon, as SNS writes it. Undefined for
 * everything else, of which Date.parse would take nearly anything with a number in it for a time.
 */
export function parseTime(text: string): number | undefined {
  const parsed = form.test(text) ? Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) : NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** Undefined where no Date can hold it. */
export function validTime(ms: number): number | undefined {
  return Math.abs(ms) <= farthest ? ms : undefined;
}

/** Longer waits are those of a broken server: nobody would come back from them. Seconds. */
const longestWait = 3600;

/** No more than what can be waited for. Undefined: not at all. */
export function waitSeconds(seconds: number): number | undefined {
  return seconds > 0 ? Math.min(seconds, longestWait) : undefined;
}

/** Seconds that a Retry-After header asks to wait: a number of them, or an HTTP date. Source: RFC 9110, 10.2.3. */
export function retryAfter(header: string, now = Date.now()): number | undefined {
  if (/^\d+$/.test(header)) return waitSeconds(Number(header));
  return /^[A-Z][a-z]{2}, .* GMT$/.test(header) ? waitSeconds((Date.parse(header) - now) / 1000) : undefined;
}
