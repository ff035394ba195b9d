import type { Disposable } from '../../core/disposable.ts';
import { views } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import type { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { createTree } from '../../ui/tree/view.ts';

/** The Activity view: plans, runs and receipts. */
export function registerActivity(services: Services, scheduler: RefreshScheduler): Disposable {
  const load = async () => (await import('./activity-tree.ts')).activityBranch(services);
  return createTree(views.activity, load, scheduler, services.clock);
}
