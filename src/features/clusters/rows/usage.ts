import { t } from '../../core/l10n.ts';
import type { Pod, ResourceRequest } from '../../domain/kubernetes/model.ts';

/** The sum over the containers; undefined unless all of them ask, since a percentage of a part would mislead. */
export function requested({ containers }: Pod, resource: keyof ResourceRequest): number | undefined {
  let sum = 0;
  for (const { requests } of containers) {
    const request = requests[resource];
    if (request === undefined) return undefined;
    sum += request;
  }
  return sum > 0 ? sum : undefined;
}

/** "92 %" of the request, or the amount where nothing was asked for. */
export function ofRequest(used: number, request: number | undefined, amount: (value: number) => string): string {
  return request === undefined ? amount(used) : t('{0} %', Math.round((used / request) * 100));
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
