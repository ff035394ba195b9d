import { isCancelled, type JarvisError, toJarvisError } from '../../core/errors.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { Configuration, Use } from '../kubernetes/model.ts';
import { once } from '../kubernetes/once.ts';

/** What pods read, as far as this user may see it. */
export interface Known {
  /** The error where it cannot be seen whether it is there. */
  configuration(use: Use): Configuration | 'absent' | JarvisError;
}

type Listed = readonly Configuration[] | JarvisError;

export function knownOf(listed: { readonly Secret: Listed; readonly ConfigMap: Listed }): Known {
  return {
    configuration({ kind, name }) {
      const all = kind === 'Secret' ? listed.Secret : listed.ConfigMap;
      if (all instanceof Error) return all;
      return all.find((one) => one.name === name) ?? 'absent';
    },
  };
}

/** Of one namespace, now. What may not be listed is known to be unknown. @throws CancelledError */
export async function readKnown(cluster: Cluster, namespace: string, signal: AbortSignal): Promise<Known> {
  const list = (kind: 'secrets' | 'configmaps') => once(cluster, kind, namespace, signal).catch(unlessCancelled);
  const [Secret, ConfigMap] = await Promise.all([list('secrets'), list('configmaps')]);
  return knownOf({ Secret, ConfigMap });
}

function unlessCancelled(error: unknown): JarvisError {
  if (isCancelled(error)) throw error;
  return toJarvisError(error);
}
