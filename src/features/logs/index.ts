import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { logPanels, newLog } from '../../webviews/panels/logs-panel.ts';

/** `jarvis.showLogs`: of a pod, one of its containers, or all pods of a workload; from the palette it asks of what. */
export function registerLogs(services: Services): Disposable {
  const owned = new DisposableStore();
  const panels = owned.add(
    logPanels(services.context.extensionUri, async () => (await import('./ports.ts')).logsPorts(services)),
  );
  owned.add(
    registerCommand(services, 'jarvis.showLogs', async (from) => {
      await panels.open(newLog(from?.object ?? (await askForObject(services)), from?.container));
    }),
  );
  return owned;
}

async function askForObject(services: Services): Promise<ObjectRef> {
  const { chooseObject } = await import('../objects/choose-object.ts');
  return chooseObject(services, {
    title: t('Logs of what?'),
    kinds: ['pods', 'deployments', 'statefulsets', 'daemonsets', 'replicasets', 'jobs', 'cronjobs'],
  });
}
