import { InputBoxValidationSeverity as severity } from 'vscode';
import { t } from '../../core/l10n.ts';
import type { Commands } from '../../contributions.ts';
import type { Hpa } from '../../domain/kubernetes/model.ts';
import type { PlanRequest } from '../../domain/remediation/runs.ts';
import { checkMaxReplicas } from '../../domain/remediation/scale-hpa/inputs.ts';
import { forecastReplicas } from '../../domain/kubernetes/hpa.ts';
import type { Services } from '../../services.ts';
import { ask } from '../../ui/prompts.ts';
import { ringingAlarm } from './alarm-link.ts';
import { chooseHpa } from './choose-hpa.ts';
import { planAndShow } from './plan-action.ts';

/** Scale HPA…: which HPA, to what, and then the plan. The same path from the tree, the palette, a notice and a chart. */
export async function scaleHpa(services: Services, from: Parameters<Commands['jarvis.scaleHpa']>[0]): Promise<void> {
  const { cluster, hpa } = await chooseHpa(services, from);
  const maxReplicas = Number(await askMaxReplicas(hpa));
  const alarm = from?.alarm ?? ringingAlarm(services.alarms, cluster, hpa);
  const request: PlanRequest = {
    remediation: 'scaleHpa',
    pointer: { cluster, kind: 'HorizontalPodAutoscaler', namespace: hpa.namespace, name: hpa.name },
    inputs: { maxReplicas },
    ...(alarm && { alarm: { arn: alarm.arn, scope: alarm.scope, name: alarm.name } }),
  };
  await planAndShow(services, request);
}

function askMaxReplicas(hpa: Hpa): Promise<string> {
  return ask({
    title: t('Scale HPA {0} in {1}', hpa.name, hpa.namespace),
    prompt: t(
      'maxReplicas is {0} (minReplicas {1}); {2} replicas run now.',
      hpa.maxReplicas,
      hpa.minReplicas,
      hpa.currentReplicas,
    ),
    value: String(suggestion(hpa)),
    validateInput: (text) => {
      const verdict = checkMaxReplicas(text, hpa);
      if (!verdict.ok) return { message: verdict.message, severity: severity.Error };
      return verdict.warning === undefined ? undefined : { message: verdict.warning, severity: severity.Warning };
    },
  });
}

/** What the HPA's own formula would take, or half as many again where it has no metric. */
function suggestion(hpa: Hpa): number {
  const wanted = forecastReplicas(hpa, 2 ** 31 - 1)?.replicas ?? 0;
  return wanted > hpa.maxReplicas ? wanted : Math.ceil(hpa.maxReplicas * 1.5);
}
