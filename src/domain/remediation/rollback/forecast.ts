import { mapLimited } from '../../../core/async.ts';
import { type ManifestObject, manifestObjects, objectKey } from '../../helm/manifest.ts';
import type { Release } from '../../helm/model.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import type { Change, Owner, Plan } from '../plan.ts';
import { type Part, partOf } from './part.ts';

/** What a rollback will make of the objects that are there now. */
export interface Forecast {
  readonly changes: readonly Change[];
  /** "Service front-end": not there now, made by the rollback. */
  readonly created: readonly string[];
  readonly deleted: readonly string[];
  /** The server would not take them: an immutable field, a webhook, a quota … */
  readonly refused: readonly { readonly object: string; readonly reason: string }[];
  /** This user may not look at them, or not ask the server what it would make of them: what is told of them is what the records say. */
  readonly unseen: readonly { readonly object: string; readonly reason: string }[];
  /** Who will set things back again. */
  readonly owners: readonly Owner[];
  readonly diffSource: Plan['diffSource'];
}

/** Asked at the same time. */
const atOnce = 16;

/**
 * Object by object what the server would make of it (dry-run), where this user may ask; else what the manifests say.
 * @throws JarvisError helm.malformed, and kube.* that would meet every object
 */
export async function forecast(
  cluster: Cluster,
  current: Release,
  goal: Release,
  signal: AbortSignal,
): Promise<Forecast> {
  const before = byKey(await manifestObjects(current.manifest));
  const after = byKey(await manifestObjects(goal.manifest));
  const around = { cluster, namespace: goal.namespace, signal };
  const keys = [...new Set([...before.keys(), ...after.keys()])];
  return summary(await mapLimited(keys, atOnce, (key) => partOf(around, before.get(key), after.get(key))));
}

function summary(parts: readonly Part[]): Forecast {
  const fated = (fate: Part['fate']) => parts.filter((part) => part.fate === fate).map(({ object }) => object);
  const unseen = parts.flatMap(({ object, computed }) =>
    computed === undefined ? [] : [{ object, reason: computed }],
  );
  const reason = unseen[0]?.reason;
  return {
    changes: parts.flatMap(({ changes = [] }) => changes),
    created: fated('created'),
    deleted: fated('deleted'),
    refused: parts.flatMap(({ object, refused }) => (refused === undefined ? [] : [{ object, reason: refused }])),
    unseen,
    owners: distinct(parts.flatMap(({ owners = [] }) => owners)),
    diffSource: reason === undefined ? { kind: 'server' } : { kind: 'computed', reason },
  };
}

function byKey(objects: readonly ManifestObject[]): ReadonlyMap<string, ManifestObject> {
  return new Map(objects.map((object) => [objectKey(object), object]));
}

function distinct(owners: readonly Owner[]): readonly Owner[] {
  return [...new Map(owners.map((owner) => [`${owner.kind} ${owner.name}`, owner])).values()];
}
