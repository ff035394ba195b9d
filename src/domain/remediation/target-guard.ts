import { isDeepStrictEqual } from 'node:util';
import { isCancelled, JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Clusters } from '../kubernetes/cluster.ts';
import { fieldAt } from '../kubernetes/field-path.ts';
import { writersOf } from '../kubernetes/field-managers.ts';
import type { ObjectInspector } from '../kubernetes/inspector.ts';
import { eachChangeOf } from './each-change.ts';
import type { JsonObject } from './json.ts';
import { markOf, markPath } from './mark.ts';
import type { SeenField, TargetGuard } from './observer.ts';
import type { Target } from './target.ts';

/**
 * Reads the object right before a write or an undo, and after each change that the cluster's shared watch tells while a
 * plan is open. The resourceVersion may have moved (an HPA's status does all the time); the UID and the fields that the
 * plan changes may not.
 */
export function targetGuard(inspector: ObjectInspector, clusters: Pick<Clusters, 'cluster'>): TargetGuard {
  const assertUnchanged: TargetGuard['assertUnchanged'] = async (target, fields, signal) =>
    compare(await inspector.read(target, signal).catch(ifDeleted(target)), target, fields);
  return {
    assertUnchanged,
    async mark(target, signal) {
      const object = await inspector.read(target, signal);
      const planId = markOf(object);
      const [writer] = writersOf(object, [markPath]);
      if (planId === undefined || writer?.at === undefined) return undefined;
      return { planId, manager: writer.manager, at: writer.at - clusters.cluster(target.cluster).clockSkew };
    },
    async untilChanged(target, fields, signal) {
      const found = new AbortController();
      let why: JarvisError | undefined;
      await eachChangeOf(target, clusters, AbortSignal.any([signal, found.signal]), async ({ state }) => {
        if (state === 'ready') why = await changeIn(assertUnchanged(target, fields, signal));
        if (why) found.abort();
      });
      return why;
    },
  };
}

function compare(object: JsonObject, { uid, name }: Target, fields: readonly SeenField[]): void {
  if (fieldAt(object, 'metadata.uid') !== uid) throw changed(t('{0} was deleted and made anew since.', name));
  for (const { path, value } of fields) {
    const now = fieldAt(object, path);
    if (!isDeepStrictEqual(now, value))
      throw changed(t('{0} of {1} is {2} now, not {3}.', path, name, show(now), show(value)));
  }
}

/** What a look found to have changed; a look that failed has found nothing. */
async function changeIn(look: Promise<void>): Promise<JarvisError | undefined> {
  try {
    await look;
  } catch (error) {
    const known = toJarvisError(error);
    if (!isCancelled(error) && known.code === 'remediation.changedSince') return known;
  }
  return undefined;
}

function ifDeleted({ name }: Target): (error: unknown) => never {
  return (error) => {
    if (error instanceof JarvisError && error.code === 'kube.notFound')
      throw changed(t('{0} was deleted since.', name));
    throw error;
  };
}

function changed(what: string): JarvisError {
  return new JarvisError({
    code: 'remediation.changedSince',
    message: t('{0} Nothing was written; make the plan anew.', what),
  });
}

function show(value: unknown): string {
  return value === undefined ? t('not set') : JSON.stringify(value);
}
