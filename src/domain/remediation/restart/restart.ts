import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { parseTime } from '../../../core/time.ts';
import { ownersOf } from '../../kubernetes/owners.ts';
import { asItWas, diffOf, pin } from '../drafting.ts';
import type { Change, Plan } from '../plan.ts';
import type { Draft, PlanContext, Remediation } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import type { Target } from '../target.ts';
import { effectsOf, reasonsOf } from './effects.ts';
import { expectationsOf } from './expectations.ts';
import { observe } from './observe.ts';
import { field, patchOf, restartedAtOf, wishedTime } from './restarted-at.ts';
import type { Rollout } from './rollout.ts';

/**
 * Restarts the pods of a Deployment, StatefulSet or DaemonSet by a rollout, as `kubectl rollout restart` does: the time,
 * pinned in the plan, goes into the pod template. Input: `restartedAt` of an undo alone (a former time, or null for none).
 */
export const restart: Remediation = { draft };

async function draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft> {
  const { inputs, pointer } = request;
  const object = await context.inspector.read(pointer, signal);
  const target = pin(request, object);
  const around = await observe(target, object, context, signal);
  refuseIfIdle(target, around.rollout);
  const before = restartedAtOf(object);
  const after = wishedTime(inputs, context.clock.now() + context.cluster.clockSkew);
  const patch = patchOf(target, object, after);
  const change: Change = {
    path: field,
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  };
  return {
    title: titleOf(target, inputs),
    target,
    inputs,
    ...(await diffOf(context, target, object, patch, change, signal)),
    owners: ownersOf(object, [field]),
    reasons: reasonsOf(around),
    effects: effectsOf(target, around),
    values: {
      cluster: target.cluster.cluster,
      namespace: target.namespace,
      kind: target.kind,
      name: target.name,
      restarted_at: after ?? '',
    },
    plannedFor: asItWas(target, before),
    operation: { kind: 'patch', patch },
    inverse: inverseOf(target, around.rollout, change),
    expectations: expectationsOf(around, after),
  };
}

function titleOf({ kind, name }: Target, { restartedAt }: PlanRequest['inputs']): string {
  if (restartedAt === undefined) return t('Restart {0} {1}', kind, name);
  return t('Take the restart of {0} {1} back', kind, name);
}

/** A change of the template would be accepted, and no pod would be restarted. */
function refuseIfIdle({ name, kind, namespace }: Target, { isPaused, strategy }: Rollout): void {
  if (isPaused)
    throw new JarvisError({
      code: 'remediation.paused',
      message: t(
        '{0} is paused: its pods would be restarted only when somebody resumes it (kubectl rollout resume deployment/{0} -n {1}).',
        name,
        namespace,
      ),
    });
  if (strategy === 'onDelete')
    throw new JarvisError({
      code: 'remediation.onDelete',
      message: t(
        '{0} {1} has the update strategy OnDelete: its pods are made anew only when each is deleted.',
        kind,
        name,
      ),
    });
}

/**
 * Pods of the earlier revision that still run are kept, which helps while new ones do not get ready. Where none can be
 * left, taking it back would only be one more restart.
 */
function inverseOf({ kind, name }: Target, { strategy, history }: Rollout, { before, after }: Change): Plan['inverse'] {
  const revision = kind === 'Deployment' ? 'ReplicaSet' : 'ControllerRevision';
  if (strategy === 'recreate')
    return {
      impossible: t(
        'Not undone: with the strategy Recreate all earlier pods are gone at once, and going back would only stop all pods once more.',
      ),
    };
  if (history === 0)
    return {
      impossible: t('Not undone: revisionHistoryLimit is 0, so no earlier {0} of {1} is kept.', revision, name),
    };
  if (typeof before === 'string' && parseTime(before) === undefined)
    return { impossible: t('Not undone: the former restartedAt, {0}, is not a time.', JSON.stringify(before)) };
  return {
    inputs: { restartedAt: before ?? null },
    summary: t(
      'Back to the earlier {0}: its pods that still run stay, others start anew. Secrets and ConfigMaps are not taken back: each pod reads them as they are when it starts.',
      revision,
    ),
    requires: [{ path: field, ...(before !== undefined && { before }), ...(after !== undefined && { after }) }],
  };
}
