import { JarvisError, toJarvisError } from '../../../core/errors.ts';
import { withoutHalves } from '../../../core/text.ts';
import { liveRef } from '../../helm/live-objects.ts';
import type { ManifestObject } from '../../helm/manifest.ts';
import { shownPair } from '../../helm/shown.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { diffObjects } from '../../kubernetes/diff.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import type { ObjectRef } from '../../kubernetes/object-ref.ts';
import { ownersOf } from '../../kubernetes/owners.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Change, Owner } from '../plan.ts';
import { mergePatch } from './merge.ts';

/** What a rollback will make of one object. */
export interface Part {
  /** "Deployment front-end" */
  readonly object: string;
  readonly changes?: readonly Change[];
  readonly fate?: 'created' | 'deleted';
  /** Why the server would not take the change. */
  readonly refused?: string;
  /** Why the server was not asked. */
  readonly computed?: string;
  readonly owners?: readonly Owner[];
}

export interface Around {
  readonly cluster: Cluster;
  /** The release's. */
  readonly namespace: string;
  readonly signal: AbortSignal;
}

type Side = ManifestObject | undefined;

/** `from`: as the present revision has it, `to`: as the one that is gone back to does. */
export async function partOf(around: Around, from: Side, to: Side): Promise<Part> {
  const named = to ?? from;
  if (!named) throw new TypeError('an object of neither revision');
  const object = nameOf(named, around.namespace);
  try {
    return { object, ...(await foreseen(around, object, from, to)) };
  } catch (error) {
    if (toJarvisError(error).code !== 'kube.forbidden') throw error;
    return { object, ...stored(object, from, to), computed: toJarvisError(error).message };
  }
}

async function foreseen(around: Around, object: string, from: Side, to: Side): Promise<Omit<Part, 'object'>> {
  const { cluster, signal } = around;
  const ref = await served(around, to ?? from);
  const live = ref && (await ifThere(cluster.read(ref, signal)));
  if (!to) return live && !isKept(live) ? { fate: 'deleted', owners: revertersOf(live) } : {};
  if (!ref || !live) return { fate: 'created' };
  try {
    const after = await cluster.foresee(ref, mergePatch(from?.json ?? {}, to.json), signal);
    return { changes: diff(object, live, after), owners: revertersOf(live) };
  } catch (error) {
    const { code, message } = toJarvisError(error);
    if (code !== 'kube.invalid' && code !== 'kube.conflict') throw error;
    return { ...stored(object, from, to), refused: message, owners: revertersOf(live) };
  }
}

/** Without the server: what Helm's own records say. */
function stored(object: string, from: Side, to: Side): Omit<Part, 'object'> {
  if (!to) return { fate: 'deleted' };
  return from ? { changes: diff(object, from.json, to.json) } : { fate: 'created' };
}

/** Undefined where the server does not know the kind (any more). */
function served({ cluster, namespace, signal }: Around, object: Side): Promise<ObjectRef | undefined> {
  return object ? ifThere(liveRef(cluster, object, namespace, signal)) : Promise.resolve(undefined);
}

async function ifThere<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof JarvisError && error.code === 'kube.notFound') return undefined;
    throw error;
  }
}

/** Source: helm.sh, "Tell Helm Not To Uninstall a Resource". */
function isKept(live: JsonObject): boolean {
  return fieldAt(live, 'metadata.annotations["helm.sh/resource-policy"]') === 'keep';
}

/** A Secret's values are neither shown nor written down, nor is all of a long text. */
function diff(object: string, before: JsonObject, after: JsonObject): readonly Change[] {
  const [left = {}, right = {}] = shownPair(before, after);
  return diffObjects(left, right).map(({ path, before: old, after: next }) => ({
    of: object,
    path,
    ...(old !== undefined && { before: shortened(old) }),
    ...(next !== undefined && { after: shortened(next) }),
  }));
}

const longest = 1_000;

function shortened(value: Json): Json {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length <= longest ? value : `${withoutHalves(text.slice(0, longest))}…`;
}

function nameOf({ kind, namespace, name }: ManifestObject, home: string): string {
  return namespace === '' || namespace === home ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Helm itself is nobody else. */
function revertersOf(live: JsonObject): readonly Owner[] {
  return ownersOf(live, []).filter(({ reverts }) => reverts);
}
