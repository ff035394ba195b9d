import { t } from '../../../core/l10n.ts';
import { lastingContainers } from '../../../domain/kubernetes/containers.ts';
import type { Pod, ResourceRequest, Usage } from '../../../domain/kubernetes/model.ts';
import type { Fact } from '../../../ui/tree/model.ts';

type Resource = keyof ResourceRequest;
export type UsageOf = (object: { readonly namespace: string; readonly name: string }) => Usage | undefined;

/** What pods use of what they asked for, together. */
interface Share {
  readonly used: number;
  /** Undefined unless every container asked, since a percentage of a part would mislead. */
  readonly requested: number | undefined;
}

/** "CPU 92 %", "memory 50 %": of the pods that are measured; nothing where none is. */
export function usageInWords(pods: readonly Pod[], usageOf: UsageOf): readonly string[] {
  const cpu = shareOf('cpu', pods, usageOf);
  const memory = shareOf('memory', pods, usageOf);
  return [
    ...(cpu ? [t('CPU {0}', ofRequest(cpu, cpuText))] : []),
    ...(memory ? [t('memory {0}', ofRequest(memory, memoryText))] : []),
  ];
}

/** The same as amounts, for a tooltip. */
export function usageFacts(pods: readonly Pod[], usageOf: UsageOf): readonly Fact[] {
  const cpu = shareOf('cpu', pods, usageOf);
  const memory = shareOf('memory', pods, usageOf);
  return [
    ...(cpu ? [[t('CPU'), amounts(cpu, cpuText)] as const] : []),
    ...(memory ? [[t('Memory'), amounts(memory, memoryText)] as const] : []),
  ];
}

function shareOf(resource: Resource, pods: readonly Pod[], usageOf: UsageOf): Share | undefined {
  let used = 0;
  let requested: number | undefined = 0;
  let measured = 0;
  for (const pod of pods) {
    const usage = usageOf(pod);
    if (!usage) continue;
    measured++;
    used += usage[resource];
    const wanted = requestOf(pod, resource);
    requested = requested === undefined || wanted === undefined ? undefined : requested + wanted;
  }
  return measured === 0 ? undefined : { used, requested };
}

/** The sum over the lasting containers; undefined unless all of them ask. */
function requestOf(pod: Pod, resource: Resource): number | undefined {
  let sum = 0;
  for (const { requests } of lastingContainers(pod)) {
    const request = requests[resource];
    if (request === undefined) return undefined;
    sum += request;
  }
  return sum > 0 ? sum : undefined;
}

/** "92 %" of the request, or the amount where nothing was asked for. */
function ofRequest({ used, requested }: Share, amount: (value: number) => string): string {
  return requested ? percent(used, requested) : amount(used);
}

export function percent(part: number, whole: number): string {
  return t('{0} %', Math.round((part / whole) * 100));
}

function amounts({ used, requested }: Share, amount: (value: number) => string): string {
  return requested ? t('{0} of {1} requested', amount(used), amount(requested)) : amount(used);
}

/** Millicores as kubectl writes them: "250m", "1.5". */
export function cpuText(millicores: number): string {
  return millicores < 1000 ? `${Math.round(millicores)}m` : String(Number((millicores / 1000).toFixed(2)));
}

/** Bytes as kubectl writes them: "128Mi", "1.5Gi". */
export function memoryText(bytes: number): string {
  const mebibytes = bytes / 2 ** 20;
  return mebibytes < 1024 ? `${Math.round(mebibytes)}Mi` : `${Number((mebibytes / 1024).toFixed(1))}Gi`;
}
