import type { Clock } from '../../core/clock.ts';
import { mapLoadable } from '../../core/loadable.ts';
import { isOutcome, type RunState } from '../../domain/remediation/run-state.ts';
import type { RecordedRuns } from '../../domain/remediation/runs.ts';
import { liveBranch } from '../../ui/tree/branches.ts';
import type { Branch } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { runNode } from './run-node.ts';

/** What runs, what waits for a confirmation, then the receipts; in each, the newest first. */
export function activityBranch({ runs, clock }: { readonly runs: RecordedRuns; readonly clock: Clock }): Branch {
  const nodeOf = perObject((run: RunState) => runNode(run, clock));
  return liveBranch({
    empty: '',
    listen: (changed) => runs.onDidChange(changed),
    read() {
      // "nothing yet" is only true where the journal says so
      if (runs.all.length === 0 && runs.journal.state !== 'ready') return mapLoadable(runs.journal, () => []);
      return { state: 'ready', value: inOrder(runs.all).map(nodeOf), at: clock.now() };
    },
    retry: () => void runs.restore().catch(() => undefined), // its error is told by the row
  });
}

function inOrder(runs: readonly RunState[]): readonly RunState[] {
  return [...runs].sort((a, b) => rank(a) - rank(b));
}

function rank({ phase }: RunState): number {
  if (isOutcome(phase)) return 2;
  return phase === 'planned' ? 1 : 0;
}
