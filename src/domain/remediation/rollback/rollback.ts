import { t } from '../../../core/l10n.ts';
import { type ManifestObject, manifestObjects } from '../../helm/manifest.ts';
import { scaledIn } from '../../helm/scaled.ts';
import { releaseObject } from '../../helm/release-object.ts';
import type { ReleaseRevision } from '../../kubernetes/model.ts';
import { pin } from '../drafting.ts';
import type { Plan } from '../plan.ts';
import type { Draft, PlanContext, Remediation } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import { problemsOf } from './alive.ts';
import { effectsOf } from './effects.ts';
import { expectationsOf } from './expectations.ts';
import { forecast } from './forecast.ts';
import { newestRevision, revisionOf } from './history.ts';

/**
 * Brings a Helm release back to an earlier revision, as a new one. Inputs: `revision` (else the last good one), and
 * `abandoned` from somebody who knows that the operation that seems to be going on is dead.
 */
export const rollback: Remediation = { draft };

async function draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft> {
  const { namespace, name } = request.pointer;
  const { releases, clockSkew } = context.cluster;
  const history = await releases.history(namespace, name, signal);
  const newest = newestRevision(history);
  const revision = revisionOf(request.inputs, history);
  const [current, goal] = await Promise.all([
    releases.read(namespace, name, newest.revision, signal),
    releases.read(namespace, name, revision, signal),
  ]);
  const target = pin(request, releaseObject(history, current));
  const [around, scaled, was, willBe] = await Promise.all([
    forecast(context.cluster, current, goal, signal),
    scaledIn(context.cluster, namespace, signal),
    manifestObjects(current.manifest),
    manifestObjects(goal.manifest),
  ]);
  const abandoned = request.inputs['abandoned'] === true;
  return {
    title: t('Roll back {0} to revision {1}', name, revision),
    target,
    inputs: { revision, ...(abandoned && { abandoned }) },
    changes: around.changes,
    holds: [
      { path: 'revision', value: newest.revision },
      { path: 'status', value: newest.status },
    ],
    diffSource: around.diffSource,
    owners: around.owners,
    effects: effectsOf(current, goal, { ...around, scaled }),
    namespaces: namespacesBeside(namespace, [...was, ...willBe]),
    problems: problemsOf(newest, abandoned, context.clock.now() + clockSkew),
    values: { cluster: target.cluster.cluster, namespace, release: name, revision: String(revision) },
    plannedFor: String(newest.revision),
    operation: { kind: 'helmRollback', from: newest.revision, to: revision },
    inverse: inverseOf(newest),
    expectations: expectationsOf(newest.revision + 1, namespace, willBe),
  };
}

function namespacesBeside(home: string, objects: readonly ManifestObject[]): readonly string[] {
  const all = new Set(objects.map(({ namespace }) => namespace));
  return [...all].filter((namespace) => namespace !== '' && namespace !== home);
}

/** What was never in order is nothing to go back to. */
function inverseOf({ revision, status }: ReleaseRevision): Plan['inverse'] {
  if (status !== 'deployed')
    return { impossible: t('Revision {0} was {1}: there is nothing good to go back to.', revision, status) };
  return {
    inputs: { revision },
    summary: t('back to revision {0}', revision),
    requires: [{ path: 'revision', before: revision, after: revision + 1 }],
  };
}
