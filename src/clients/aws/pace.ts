import { backoff } from '../../core/async.ts';
import type { JarvisError } from '../../core/errors.ts';

const busyMs = 5 * 60_000;
const shortestSeconds = 5;
const longestBackoffMs = 5 * 60_000;

/**
 * Seconds between two polls. The setting is the longest wait; while something is in ALARM or changed within five
 * minutes, a third of it.
 */
export function pollSeconds(
  setting: number,
  facts: { readonly ringing: boolean; readonly changedMsAgo: number },
): number {
  const quiet = Math.max(shortestSeconds, setting);
  const busy = facts.ringing || facts.changedMsAgo < busyMs;
  return busy ? Math.max(shortestSeconds, Math.round(quiet / 3)) : quiet;
}

/** A little early, by chance, so that many windows do not all call at once; never later than said. */
export function withJitter(ms: number, random: () => number = Math.random): number {
  return ms * (0.9 + 0.1 * random());
}

/**
 * Milliseconds until the next try after `failures` failures in a row. Throttled: ever longer, at least as the server
 * asked. No network: soon at first. Credentials and the rest: at the usual pace, since a sign-in may come any time.
 */
export function retryMs(error: JarvisError, failures: number, seconds: number): number {
  if (error.retryAfterSeconds !== undefined) return error.retryAfterSeconds * 1000;
  switch (error.code) {
    case 'aws.throttled':
      return seconds * 1000 + backoff(failures, { base: seconds * 1000, cap: longestBackoffMs });
    case 'aws.offline':
    case 'aws.endpoint':
    case 'aws.timeout':
      return backoff(failures, { base: 1_000, cap: seconds * 1000 });
    default:
      return seconds * 1000;
  }
}
