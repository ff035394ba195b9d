import type { KubeObject, Pod } from '../kubernetes/model.ts';
import type { AttentionKind, ObjectOf } from './model.ts';
import { sourcesOf } from '../evidence/sources.ts';
import { workloadOf } from '../kubernetes/workload-of.ts';

/** What of an object others are judged by, and what it is judged by itself; keys of the same text meet. */
interface Relations {
  readonly provides: readonly string[];
  readonly dependsOn: readonly string[];
}

const none: readonly string[] = [];

/** The relations of each kind that has any. Whatever a warning is about depends on it without saying so. */
const relations: { readonly [K in AttentionKind]?: (object: ObjectOf<K>) => Relations } = {
  pods: (pod) => ({
    provides: [
      ...pod.uses.filter(({ kind }) => kind === 'PersistentVolumeClaim').map((use) => useKey(use, pod.namespace)),
      ...crewKeys(pod),
    ],
    dependsOn: sourcesOf(pod).map((source) => useKey(source, pod.namespace)),
  }),
  deployments: judgedByCrew('Deployment'),
  statefulsets: judgedByCrew('StatefulSet'),
  daemonsets: judgedByCrew('DaemonSet'),
  secrets: ({ namespace, name }) => ({ provides: [useKey({ kind: 'Secret', name }, namespace)], dependsOn: none }),
  configmaps: ({ namespace, name }) => ({
    provides: [useKey({ kind: 'ConfigMap', name }, namespace)],
    dependsOn: none,
  }),
  persistentvolumeclaims: ({ namespace, name }) => ({
    provides: none,
    dependsOn: [useKey({ kind: 'PersistentVolumeClaim', name }, namespace)],
  }),
  jobs: ({ owners }) => ({ provides: none, dependsOn: owners.map(({ uid }) => ownerKey(uid)) }),
  cronjobs: ({ uid }) => ({ provides: [ownerKey(uid)], dependsOn: none }),
  releaserecords: (revision) => ({ provides: [releaseKey(revision)], dependsOn: none }),
  troubledreleases: (revision) => ({ provides: none, dependsOn: [releaseKey(revision)] }),
  warnings: ({ about }) => ({ provides: [aboutKey(about.uid)], dependsOn: none }),
};

function judgedByCrew(kind: string) {
  return ({ namespace, name }: KubeObject): Relations => ({
    provides: none,
    dependsOn: [useKey({ kind, name }, namespace)],
  });
}

/** Workloads are judged by the images that their pods run. */
function crewKeys(pod: Pod): readonly string[] {
  const workload = pod.containers.some(({ imageId }) => imageId !== undefined) ? workloadOf(pod) : undefined;
  return workload ? [useKey(workload, pod.namespace)] : none;
}

export function relationsOf<K extends AttentionKind>(kind: K, object: ObjectOf<K>): Relations {
  const read: ((object: ObjectOf<K>) => Relations) | undefined = relations[kind];
  return read?.(object) ?? { provides: none, dependsOn: none };
}

export function useKey({ kind, name }: { readonly kind: string; readonly name: string }, namespace: string): string {
  return `${kind}/${namespace}/${name}`;
}
export function releaseKey({ namespace, release }: { readonly namespace: string; readonly release: string }): string {
  return `release/${namespace}/${release}`;
}
export function aboutKey(uid: string): string {
  return `${aboutPrefix}${uid}`;
}
/** The UID in such a key; undefined for other keys. */
export function uidOfAbout(key: string): string | undefined {
  return key.startsWith(aboutPrefix) ? key.slice(aboutPrefix.length) : undefined;
}
const aboutPrefix = 'about/';
function ownerKey(uid: string): string {
  return `owner/${uid}`;
}

/** Many UIDs under a key. */
export class Links {
  readonly #uids = new Map<string, Set<string>>();

  add(keys: readonly string[], uid: string): void {
    for (const key of keys) {
      const known = this.#uids.get(key);
      if (known) known.add(uid);
      else this.#uids.set(key, new Set([uid]));
    }
  }

  remove(keys: readonly string[], uid: string): void {
    for (const key of keys) {
      const known = this.#uids.get(key);
      if (known?.delete(uid) && known.size === 0) this.#uids.delete(key);
    }
  }

  get(key: string): ReadonlySet<string> {
    return this.#uids.get(key) ?? nobody;
  }
}
const nobody: ReadonlySet<string> = new Set();
