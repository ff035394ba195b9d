import type { Workload } from '../../../domain/kubernetes/model.ts';
import {
  type RawAnnotatedMeta,
  type RawCondition,
  type RawSelector,
  noRecord,
  projectConditions,
  projectMeta,
  projectSelector,
} from './meta.ts';
import { type RawPodTemplate, projectTemplate } from './pod-spec.ts';

/** What Deployments, StatefulSets and DaemonSets all call the same. */
interface RawWorkload {
  readonly metadata?: RawAnnotatedMeta;
  readonly spec?: { readonly selector?: RawSelector; readonly template?: RawPodTemplate };
  readonly status?: { readonly observedGeneration?: number; readonly conditions?: readonly RawCondition[] };
}

/** Everything but the numbers of pods, whose names differ. */
export function projectWorkload({
  metadata,
  spec,
  status,
}: RawWorkload): Omit<Workload, 'wanted' | 'ready' | 'updated' | 'available'> {
  return {
    ...projectMeta(metadata),
    annotations: metadata?.annotations ?? noRecord,
    selector: projectSelector(spec?.selector),
    generation: metadata?.generation ?? 0,
    observedGeneration: status?.observedGeneration ?? 0,
    conditions: projectConditions(status?.conditions),
    template: projectTemplate(spec?.template?.spec),
  };
}
