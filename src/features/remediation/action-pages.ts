import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { applyRemedy } from '../../ui/errors.ts';
import { openUrl } from '../../ui/open-url.ts';
import { actionPanels } from '../../webviews/panels/action-panel.ts';

/** The open action pages, one a plan; those that were open are made again after a reload of the window. */
export function actionPages(services: Services) {
  const { context, clock, log, runs } = services;
  const ports = {
    clock,
    log,
    titleOf: (planId: string) => runs.get(planId)?.plan.title,
    onDidChangeTitle: runs.onDidChange,
    openUrl,
    openLog: () => void executeCommand('jarvis.showLog'),
    runRemedy: applyRemedy,
  };
  return actionPanels(context.extensionUri, ports, async () => {
    const [{ RunActionModel }, { PlanDocuments }] = await Promise.all([
      import('./action-model.ts'),
      import('./plan-documents.ts'),
    ]);
    const documents = new PlanDocuments();
    context.subscriptions.push(documents);
    return (planId) => new RunActionModel(services, planId, documents);
  });
}
