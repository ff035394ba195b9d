import { type ApiKindName, apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ObjectEvent } from '../../domain/kubernetes/reader.ts';
import { eventsWhere } from './kinds/events.ts';
import { defineKind } from './kinds/kind.ts';
import { objectMeta, projectMeta } from './kinds/meta.ts';
import { part } from './protobuf.ts';
import { listAll } from './sessions.ts';
import type { Transport } from './transport.ts';

/** What was reported of the object itself, oldest first. */
export async function eventsOf(
  transport: Transport,
  object: ObjectRef,
  signal: AbortSignal,
): Promise<readonly ObjectEvent[]> {
  const { kind, name, uid, namespace } = object;
  // the kubelet gives its node's name for its UID
  const selector =
    kind === 'Node' ? `involvedObject.kind=Node,involvedObject.name=${name}` : `involvedObject.uid=${uid}`;
  // events of objects without a namespace are kept in the namespace default, but nothing says that they must be
  return list(transport, namespace, selector, signal);
}

/** What was reported of the object and of all that it owns: a Deployment's ReplicaSets and pods, a CronJob's Jobs and pods. */
export async function eventsOfFamily(
  transport: Transport,
  object: ObjectRef,
  signal: AbortSignal,
): Promise<readonly ObjectEvent[]> {
  const [uids, events] = await Promise.all([
    family(transport, object, signal),
    list(transport, object.namespace, undefined, signal),
  ]);
  return events.filter(({ about }) => uids.has(about.uid));
}

async function list(
  transport: Transport,
  namespace: string,
  selector: string | undefined,
  signal: AbortSignal,
): Promise<readonly ObjectEvent[]> {
  const scope = { transport, kind: eventsWhere(selector), namespace: namespace || undefined, plain: false };
  const { items } = await listAll(scope, signal);
  return items.map(({ object }) => object).sort((a, b) => a.lastAt - b.lastAt || a.firstAt - b.firstAt);
}

/** Through which kind the pods of a workload are owned; the others own them themselves. */
const between: Readonly<Record<string, ApiKindName>> = { Deployment: 'replicasets', CronJob: 'jobs' };

async function family(transport: Transport, object: ObjectRef, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const middle = between[object.kind];
  const generations = await Promise.all(
    [...(middle ? [middle] : []), 'pods' as const].map((kind) => metadataOf(transport, kind, object.namespace, signal)),
  );
  const uids = new Set([object.uid]);
  for (const { owners, uid } of generations.flat()) if (owners.some((owner) => uids.has(owner.uid))) uids.add(uid);
  return uids;
}

async function metadataOf(
  transport: Transport,
  name: ApiKindName,
  namespace: string,
  signal: AbortSignal,
): Promise<readonly KubeObject[]> {
  const kind = defineKind({
    ...apiKinds[name],
    metadataOnly: true,
    fields: { metadata: part(1, objectMeta) },
    project: ({ metadata }) => projectMeta(metadata),
  });
  const { items } = await listAll({ transport, kind, namespace, plain: false }, signal);
  return items.map(({ object }) => object);
}
