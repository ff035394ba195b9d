import { JarvisError } from '../../core/errors.ts';
import type { ClusterRef } from '../kubernetes/model.ts';
import type { ObjectReader } from '../kubernetes/reader.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import type { LiveObject } from './compare.ts';
import type { ManifestObject } from './manifest.ts';

/**
 * Where the server keeps what a manifest names; where that names no namespace, in the release's.
 * @throws JarvisError kube.notFound (the server has no such kind), kube.*
 */
export async function liveRef(
  cluster: Pick<ObjectReader, 'serves'> & { readonly ref: ClusterRef },
  object: ManifestObject,
  releaseNamespace: string,
  signal: AbortSignal,
): Promise<ObjectRef> {
  const { isNamespaced, ...place } = await cluster.serves(object, signal);
  const namespace = isNamespaced ? object.namespace || releaseNamespace : '';
  return { cluster: cluster.ref, ...place, namespace, name: object.name, uid: '' };
}

/**
 * Reads what a manifest names as it is now in the cluster; where it names no namespace, in the release's. What may not be
 * read says so in the server's words, so that the rest can be compared all the same.
 */
export function liveObjects(
  cluster: ObjectReader & { readonly ref: ClusterRef },
  releaseNamespace: string,
  signal: AbortSignal,
): LiveObject {
  return async (object) => {
    try {
      return await cluster.read(await liveRef(cluster, object, releaseNamespace, signal), signal);
    } catch (error) {
      if (!(error instanceof JarvisError)) throw error;
      if (error.code === 'kube.notFound') return undefined;
      if (error.code === 'kube.forbidden') return error.message;
      throw error;
    }
  };
}
