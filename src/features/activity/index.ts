import type { Disposable } from '../../core/disposable.ts';
import { views } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import type { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { createTree } from '../../ui/tree/view.ts';
import { activityBranch } from './activity-tree.ts';

/** The Activity view: plans, runs and receipts. */
export function registerActivity(services: Services, scheduler: RefreshScheduler): Disposable {
  return createTree(views.activity, activityBranch(services), scheduler, services.clock);
}
