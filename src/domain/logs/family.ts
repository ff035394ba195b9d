import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { errorOf, valueOf } from '../../core/loadable.ts';
import type { KindMap } from '../kubernetes/kind-map.ts';
import type { Lease } from '../kubernetes/store.ts';
import type { Job, Pod } from '../kubernetes/model.ts';
import type { ObjectRef } from '../kubernetes/object-ref.ts';
import { controllerOf, workloadOf } from '../kubernetes/workload-of.ts';

export interface FamilyCluster {
  watch<K extends 'pods' | 'jobs'>(kind: K, namespace: string): Lease<KindMap[K]>;
}

/** The pods of an object, as they come and go: itself, those that a workload controls, those of a CronJob's jobs. */
export class Family implements Disposable {
  readonly #object: ObjectRef;
  readonly #owned = new DisposableStore();
  readonly #pods: Lease<Pod>;
  readonly #jobs: Lease<Job> | undefined;

  constructor(cluster: FamilyCluster, object: ObjectRef, changed: () => void) {
    this.#object = object;
    this.#pods = this.#owned.add(cluster.watch('pods', object.namespace));
    this.#owned.add(this.#pods.store.onDidChange(changed));
    if (object.kind !== 'CronJob') return;
    this.#jobs = this.#owned.add(cluster.watch('jobs', object.namespace));
    this.#owned.add(this.#jobs.store.onDidChange(changed));
  }

  /** Undefined until they are known. */
  get members(): readonly Pod[] | undefined {
    const pods = valueOf(this.#pods.store.objects);
    const jobs = this.#jobs ? valueOf(this.#jobs.store.objects) : new Map<string, Job>();
    return pods && jobs && [...pods.values()].filter((pod) => this.#has(pod, jobs));
  }

  /** Why they are not known, or not as they are now. */
  get error(): JarvisError | undefined {
    return errorOf(this.#pods.store.objects) ?? (this.#jobs && errorOf(this.#jobs.store.objects));
  }

  /** One of them by its UID: undefined while nothing is known, null when it is gone. */
  member(uid: string): Pod | null | undefined {
    const pods = valueOf(this.#pods.store.objects);
    return pods && (pods.get(uid) ?? null);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #has(pod: Pod, jobs: ReadonlyMap<string, Job>): boolean {
    const { kind, name } = this.#object;
    if (kind === 'Pod') return pod.name === name;
    const job = jobs.get(controllerOf(pod)?.uid ?? '');
    const above = [controllerOf(pod), workloadOf(pod), job && controllerOf(job)];
    return above.some((over) => over?.kind === kind && over.name === name);
  }
}
