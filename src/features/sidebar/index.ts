import * as vscode from 'vscode';
import { DisposableStore } from '../../core/disposable.ts';
import { RefreshScheduler } from '../../ui/refresh-scheduler.ts';
import { setDateLanguage } from '../../ui/time.ts';
import { applyRemedy } from '../../ui/errors.ts';
import { registerCommand } from '../../ui/commands.ts';
import { openSettings } from '../../ui/open-settings.ts';
import { firstRemedy } from '../../ui/remedies.ts';
import { registerActivity } from '../activity/index.ts';
import { registerAlarms } from '../alarms/index.ts';
import { registerClusters } from '../clusters/index.ts';
import type { Feature } from '../feature.ts';

/** The three views, the scheduler that redraws them, and the commands that all of them share. */
export const sidebar: Feature = (services) => {
  setDateLanguage(vscode.env.language);
  const store = new DisposableStore();
  const scheduler = store.add(new RefreshScheduler(services.clock));
  for (const register of [registerAlarms, registerClusters, registerActivity]) store.add(register(services, scheduler));

  store.add(
    registerCommand(services, 'jarvis.refresh', async () => {
      scheduler.refreshNow();
      await Promise.all([services.alarms.refresh(), services.clusters.refresh()]);
    }),
  );
  store.add(registerCommand(services, 'jarvis.retry', (from) => (from?.trouble ?? from)?.retry?.()));
  store.add(
    registerCommand(services, 'jarvis.solve', async (from) => {
      if (from?.trouble) await applyRemedy(firstRemedy(from.trouble.error), () => from.trouble?.retry());
    }),
  );
  store.add(
    registerCommand(services, 'jarvis.copyName', async (from) => {
      if (from?.copyText) await vscode.env.clipboard.writeText(from.copyText);
    }),
  );
  store.add(
    registerCommand(services, 'jarvis.openSettings', (from) =>
      openSettings(from?.query ?? `@ext:${services.context.extension.id}`),
    ),
  );
  store.add(
    registerCommand(services, 'jarvis.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${services.context.extension.id}#start`),
    ),
  );
  return store;
};
