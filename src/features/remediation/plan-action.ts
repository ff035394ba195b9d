import * as vscode from 'vscode';
import { t } from '../../core/l10n.ts';
import type { Plan } from '../../domain/remediation/plan.ts';
import type { PlanRequest } from '../../domain/remediation/runs.ts';
import { executeCommand } from '../../ui/commands.ts';
import type { Services } from '../../services.ts';

/** Makes a plan, with a way to stop, and shows its page. Whoever asks for a write ends here. */
export async function planAndShow(services: Services, request: PlanRequest): Promise<void> {
  await showPlan(services, (signal) => services.runs.plan(request, signal), request.route);
}

/** The inverse of a finished plan, as a new plan on a new page. */
export async function undoAndShow(services: Services, planId: string, of?: 'even if changed'): Promise<void> {
  const route = services.runs.get(planId)?.plan.request.route;
  await showPlan(services, (signal) => services.runs.planUndo(planId, signal, of), route);
}

async function showPlan(
  { signIn, defaultRoute }: Services,
  make: (signal: AbortSignal) => Promise<Plan>,
  route: PlanRequest['route'],
): Promise<void> {
  // Asked here, where a person waits for it, and never by a request in the background.
  if ((route ?? defaultRoute()) === 'github') await (await signIn()).ensure();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: t('Jarvis is making the plan…'),
    cancellable: true,
  };
  const plan = await vscode.window.withProgress(options, (_progress, token) => make(signalOf(token)));
  await executeCommand('jarvis.openAction', { planId: plan.id });
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
