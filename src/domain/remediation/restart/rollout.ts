import { fieldAt } from '../../kubernetes/field-path.ts';
import type { JsonObject } from '../json.ts';

/** How a workload replaces its pods, as its object says it, with the API's defaults. Counts are pods. */
export interface Rollout {
  /** `rolling`: some at a time. `recreate`: all are stopped first. `onDelete`: only those that somebody deletes. */
  readonly strategy: 'rolling' | 'recreate' | 'onDelete';
  /** More than wanted at a time: they start before others stop. */
  readonly surge: number;
  /** Less than wanted at a time. */
  readonly unavailable: number;
  /** Of a StatefulSet: the pods with a lower ordinal stay as they are. */
  readonly partition: number;
  readonly minReadySeconds: number;
  /** Every container that the Service would send traffic to may say when it is ready. */
  readonly hasReadinessProbe: boolean;
  /** How many earlier ReplicaSets or ControllerRevisions are kept. */
  readonly history: number;
  readonly isPaused: boolean;
}

/**
 * Sources: k8s.io/kubernetes pkg/apis/apps/v1/defaults.go; deployment util ResolveFenceposts (surge rounds up,
 * unavailable down, never both 0); daemon util UnavailableCount and SurgeCount (both round up).
 */
export function rolloutOf(kind: string, object: JsonObject, wanted: number): Rollout {
  const isDeployment = kind === 'Deployment';
  const at = (path: string) => fieldAt(object, `spec.${path}`);
  const strategy = isDeployment ? 'strategy' : 'updateStrategy';
  const type = at(`${strategy}.type`);
  const limit = (field: string, fallback: number | string, round: Rounding) =>
    podsOf(at(`${strategy}.rollingUpdate.${field}`) ?? fallback, wanted, round);
  const surge = kind === 'StatefulSet' ? 0 : limit('maxSurge', isDeployment ? '25%' : 0, Math.ceil);
  const unavailable = limit('maxUnavailable', isDeployment ? '25%' : 1, isDeployment ? Math.floor : Math.ceil);
  return {
    strategy: type === 'Recreate' ? 'recreate' : type === 'OnDelete' ? 'onDelete' : 'rolling',
    surge,
    unavailable: surge === 0 ? Math.max(1, unavailable) : unavailable,
    partition: numberOr(at(`${strategy}.rollingUpdate.partition`), 0),
    minReadySeconds: numberOr(at('minReadySeconds'), 0),
    hasReadinessProbe: hasReadinessProbe(at('template.spec.containers')),
    history: numberOr(at('revisionHistoryLimit'), 10),
    isPaused: at('paused') === true,
  };
}

type Rounding = (value: number) => number;

/** intstr.IntOrString: a number of pods, or a share of them. */
function podsOf(value: unknown, wanted: number, round: Rounding): number {
  if (typeof value === 'number') return value;
  const [, percent] = typeof value === 'string' ? (/^(\d+)%$/.exec(value) ?? []) : [];
  return percent === undefined ? 0 : round((Number(percent) * wanted) / 100);
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}

function hasReadinessProbe(containers: unknown): boolean {
  return Array.isArray(containers) && containers.some((one: JsonObject) => one['readinessProbe'] !== undefined);
}
