import { request } from '@octokit/request';
import type { Clock } from '../../core/clock.ts';
import { PoliteFetch } from './fetch.ts';

/**
 * Octokit's request, set up for one server and one sign-in. The one file that loads Octokit: import it lazily.
 * API version 2022-11-28 is the one that github.com and every supported Enterprise Server know.
 */
export function requesterFor(apiUrl: string, token: string, clock: Clock) {
  return request.defaults({
    baseUrl: apiUrl.replace(/\/+$/, ''),
    headers: {
      authorization: `Bearer ${token}`,
      'user-agent': 'jarvis-vscode',
      'x-github-api-version': '2022-11-28',
    },
    request: { fetch: new PoliteFetch(clock).fetch },
  });
}

export type Requester = ReturnType<typeof requesterFor>;
