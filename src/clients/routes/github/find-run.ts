import { sleep } from '../../../core/async.ts';
import type { Clock } from '../../../core/clock.ts';
import type { GithubClient } from '../../github/client.ts';
import type { WorkflowRun } from '../../github/model.ts';
import type { GithubRequest } from './payload.ts';

const pollMs = 1000;
/** Three hundred runs back: more than any plan's lifetime brings. */
const mostPages = 3;

/**
 * The run whose title holds the plan's id; GitHub lists a new one some seconds after its dispatch. Time is never taken
 * for a proof: two people dispatch within the same second.
 * @returns undefined where none is listed for `patienceMs`
 */
export async function findRun(
  client: GithubClient,
  { workflow, planId }: Pick<GithubRequest, 'workflow' | 'planId'>,
  { clock, patienceMs }: { readonly clock: Clock; readonly patienceMs: number },
  signal: AbortSignal,
): Promise<WorkflowRun | undefined> {
  const end = clock.now() + patienceMs;
  for (;;) {
    const found = await lookUp(client, workflow, planId, signal);
    if (found || clock.now() >= end) return found;
    await sleep(clock, pollMs, signal);
  }
}

async function lookUp(client: GithubClient, workflow: string, planId: string, signal: AbortSignal) {
  for (let page = 1; page <= mostPages; page++) {
    const runs = await client.runs(workflow, page, signal);
    // The oldest, if somebody ran it again by hand.
    const mine = runs.findLast((run) => holds(run.title, planId));
    if (mine || runs.length < 100) return mine;
  }
  return undefined;
}

/** As a whole word, so that `jv-a1` is not found in `jv-a12`. */
function holds(title: string, planId: string): boolean {
  return title.split(/[^A-Za-z0-9_-]+/).includes(planId);
}
