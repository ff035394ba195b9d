import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import type { Services } from '../../services.ts';
import { executeCommand, registerCommand } from '../../ui/commands.ts';
import { applyRemedy } from '../../ui/errors.ts';
import { openUrl } from '../../ui/open-url.ts';
import { chartPanels, newChart } from '../../webviews/panels/chart-panel.ts';

/** `jarvis.openChart`: from the tree, a notice, the action page; from the palette it asks what to chart. */
export function registerCharts(services: Services): Disposable {
  const { context, clock, log, metrics } = services;
  const owned = new DisposableStore();
  const charts = owned.add(
    chartPanels(context.extensionUri, {
      sources: metrics,
      clock,
      log,
      saveCsv: async (data) => (await import('./save.ts')).saveCsv(data),
      savePng: async (data, png) => (await import('./save.ts')).savePng(data, png),
      openUrl,
      openAction: (planId) => executeCommand('jarvis.openAction', { planId }),
      runRemedy: applyRemedy,
    }),
  );
  owned.add(
    registerCommand(services, 'jarvis.openChart', async (from) => {
      await charts.open(newChart(from?.chart ?? (await askForSubject(services))));
    }),
  );
  return owned;
}

async function askForSubject(services: Services): Promise<ChartSubject> {
  const { chooseSubject } = await import('./choose-subject.ts');
  return chooseSubject(services);
}
