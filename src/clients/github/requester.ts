import { Octokit } from '@octokit/rest';
import type { Clock } from '../../core/clock.ts';
import { PoliteFetch } from './fetch.ts';

/**
 * Octokit, set up for one server and one sign-in. The one file that loads it: import it lazily. Its retry and throttling
 * plugins wait silently, so rate limits are obeyed by {@link PoliteFetch}, which tells.
 * API version 2022-11-28 is the one that github.com and every supported Enterprise Server know.
 */
export function requesterFor(apiUrl: string, token: string, clock: Clock) {
  const octokit = new Octokit({
    auth: token,
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'jarvis-vscode',
    request: { fetch: new PoliteFetch(clock).fetch },
    // Failures are thrown and told once, by whoever asked.
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  return octokit.request.defaults({ headers: { 'x-github-api-version': '2022-11-28' } });
}

export type Requester = ReturnType<typeof requesterFor>;

function silent(): void {
  // Nothing is worth a line here.
}
