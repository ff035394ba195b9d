import { isCancelled, toJarvisError } from '../../core/errors.ts';
import type { JsonObject } from '../remediation/json.ts';
import type { ApiKind } from './api-kinds.ts';
import type { Cluster } from './cluster.ts';
import { objectsAt } from './field-path.ts';

/**
 * The objects of a kind in all namespaces, custom resources too, in one answer: for kinds of which there are few.
 * @throws JarvisError kube.notFound where the kind is not served, kube.forbidden …
 */
export async function listed(
  cluster: Pick<Cluster, 'ref' | 'read'>,
  kind: ApiKind,
  signal: AbortSignal,
): Promise<readonly JsonObject[]> {
  // what has no name is the list
  const list = await cluster.read({ ...kind, cluster: cluster.ref, namespace: '', name: '', uid: '' }, signal);
  return objectsAt(list, 'items');
}

/** None where the kind is not served. Undefined: this user may not look. @throws JarvisError kube.*, CancelledError */
export async function listedIfSeen(...[cluster, kind, signal]: Parameters<typeof listed>) {
  try {
    return await listed(cluster, kind, signal);
  } catch (error) {
    ifUnseen(error);
    return toJarvisError(error).code === 'kube.notFound' ? [] : undefined;
  }
}

/** Undefined: there is none, or this user may not read it. @throws JarvisError kube.*, CancelledError */
export function readIfSeen(
  cluster: Pick<Cluster, 'ref' | 'read'>,
  kind: ApiKind,
  { namespace = '', name }: { readonly namespace?: string; readonly name: string },
  signal: AbortSignal,
): Promise<JsonObject | undefined> {
  return cluster.read({ ...kind, cluster: cluster.ref, namespace, name, uid: '' }, signal).catch(ifUnseen);
}

/** For what may be missing or forbidden; whatever else went wrong is thrown. */
function ifUnseen(error: unknown): undefined {
  const { code } = toJarvisError(error);
  if (isCancelled(error) || (code !== 'kube.forbidden' && code !== 'kube.notFound')) throw error;
}
