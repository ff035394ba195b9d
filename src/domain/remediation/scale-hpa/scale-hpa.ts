import { t } from '../../../core/l10n.ts';
import { ownersOf } from '../../kubernetes/owners.ts';
import { asItWas, diffOf, numberAt, pin } from '../drafting.ts';
import type { JsonPatchOperation } from '../json.ts';
import { warning } from '../effect.ts';
import type { Inverse } from '../plan.ts';
import type { Draft, PlanContext, Remediation } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import type { Target } from '../target.ts';
import { effectsOf, wantedReplicas } from './effects.ts';
import { expectationsOf } from './expectations.ts';
import { maxReplicasOf } from './inputs.ts';
import { observe } from './observe.ts';

const field = 'spec.maxReplicas';

/** Raises or lowers an HPA's maxReplicas. Input: `maxReplicas`. */
export const scaleHpa: Remediation = { draft };

async function draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft> {
  const { inspector } = context;
  const [object, around] = await Promise.all([
    inspector.read(request.pointer, signal),
    observe(request, context, signal),
  ]);
  const target = pin(request, object);
  const before = numberAt(object, field);
  const { value, warning: doubt } = maxReplicasOf(request.inputs, { ...around.hpa, maxReplicas: before });
  const patch = patchOf(target, before, value);
  const { changes, diffSource } = await diffOf(
    context,
    target,
    object,
    patch,
    { path: field, before, after: value },
    signal,
  );
  return {
    title: t('Scale HPA {0} to at most {1} replicas', target.name, value),
    target,
    inputs: { maxReplicas: value },
    changes,
    diffSource,
    owners: ownersOf(object, [field]),
    effects: [...effectsOf(around, value), ...(doubt === undefined ? [] : [warning(doubt)])],
    values: {
      cluster: target.cluster.cluster,
      namespace: target.namespace,
      hpa: target.name,
      max_replicas: String(value),
    },
    plannedFor: asItWas(target, before),
    operation: { kind: 'patch', patch },
    inverse: inverseOf(before, value),
    expectations: expectationsOf(around.hpa, value, wantedReplicas(around, value), request.alarm),
  };
}

/** The server refuses the patch as a whole when the object is another one or its maximum has changed since. */
function patchOf(target: Target, before: number, after: number): readonly JsonPatchOperation[] {
  return [
    { op: 'test', path: '/metadata/uid', value: target.uid },
    { op: 'test', path: '/spec/maxReplicas', value: before },
    { op: 'replace', path: '/spec/maxReplicas', value: after },
  ];
}

function inverseOf(before: number, after: number): Inverse {
  return {
    inputs: { maxReplicas: before },
    summary: t('maxReplicas back from {0} to {1}', after, before),
    requires: [{ path: field, before, after }],
  };
}
