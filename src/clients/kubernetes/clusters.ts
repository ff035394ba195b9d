import { lazy } from '../../core/async.ts';
import type { Disposable } from '../../core/disposable.ts';
import { toJarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import { type Loadable, failed, loading, valueOf } from '../../core/loadable.ts';
import type { Cluster, Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ObjectInspector } from '../../domain/kubernetes/inspector.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { JsonObject, JsonPatchOperation } from '../../domain/remediation/json.ts';
import type { ObjectPointer, Target } from '../../domain/remediation/target.ts';
import type { ClientOptions } from './client-options.ts';
import { contextMissing } from './context-missing.ts';
import type { Engine } from './engine.ts';
import { LeasePool } from './leases.ts';
import { LiveCluster } from './live-cluster.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** The one method that writes. Only routes may call it. */
export interface ObjectWriter {
  /** A guarded JSON patch, field manager `jarvis`. @throws JarvisError remediation.changedSince, kube.* */
  patch(target: Target, patch: readonly JsonPatchOperation[], signal: AbortSignal): Promise<JsonObject>;
}

/** For programs that are led to a cluster by a file. */
export interface KubeconfigWriter {
  /** The text of a kubeconfig with this context alone. It may hold credentials. @throws JarvisError kube.contextMissing */
  kubeconfigOf(ref: ClusterRef): Promise<string>;
}

export type KubernetesClient = Clusters & ObjectInspector & ObjectWriter & KubeconfigWriter & Disposable;

/** Reads kubeconfigs and clusters. Costs nothing until it is asked for something: the heavy half loads then. */
export function createClusters(options: ClientOptions): KubernetesClient {
  return new Client(options);
}

class Client implements KubernetesClient {
  #contexts: Loadable<readonly ClusterRef[]> = loading;
  #currentContext: string | undefined;
  readonly #options: ClientOptions;
  readonly #engine: () => Promise<Engine>;
  #loaded: Engine | undefined;
  #asked = false;
  #disposed = false;
  readonly #pool: LeasePool;
  readonly #clusters = new Map<string, LiveCluster>();
  readonly #changes = new Emitter<undefined>();
  readonly #wakes = new Emitter<undefined>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#pool = new LeasePool(options.clock);
    this.#engine = lazy(() => this.#load());
  }

  readonly onDidChange = this.#changes.event;

  get contexts(): Loadable<readonly ClusterRef[]> {
    this.#ask();
    return this.#contexts;
  }

  get currentContext(): string | undefined {
    this.#ask();
    return this.#currentContext;
  }

  cluster(ref: ClusterRef): Cluster {
    return this.#cluster(ref);
  }

  async refresh(): Promise<void> {
    this.#asked = true;
    const engine = await this.#engine();
    engine.files.reload();
    await this.#read(engine);
  }

  setVisible(visible: boolean): void {
    this.#pool.setVisible(visible);
  }

  async read(pointer: ObjectPointer, signal: AbortSignal): Promise<JsonObject> {
    if (pointer.kind === 'Release') return this.#readRelease(pointer, signal);
    const { transport } = await this.#cluster(pointer.cluster).connect();
    const { readObject } = await import('./engine.ts');
    return readObject(transport, pointer, signal);
  }

  dryRun(target: Target, patch: readonly JsonPatchOperation[], signal: AbortSignal): Promise<JsonObject> {
    return this.#patch(target, patch, true, signal);
  }

  patch(target: Target, patch: readonly JsonPatchOperation[], signal: AbortSignal): Promise<JsonObject> {
    return this.#patch(target, patch, false, signal);
  }

  async kubeconfigOf(ref: ClusterRef): Promise<string> {
    const { files } = await this.#engine();
    const { pinnedKubeconfig } = await import('./engine.ts');
    return pinnedKubeconfig(await files.load(), ref);
  }

  dispose(): void {
    this.#disposed = true;
    this.#pool.dispose();
    this.#loaded?.dispose();
    this.#changes.dispose();
    this.#wakes.dispose();
  }

  async #readRelease(pointer: ObjectPointer, signal: AbortSignal): Promise<JsonObject> {
    const { readReleaseObject } = await import('../../domain/helm/release-object.ts');
    return readReleaseObject(this.#cluster(pointer.cluster).releases, pointer, signal);
  }

  async #patch(
    target: Target,
    patch: readonly JsonPatchOperation[],
    dryRun: boolean,
    signal: AbortSignal,
  ): Promise<JsonObject> {
    const { transport } = await this.#cluster(target.cluster).connect();
    const { patchObject } = await import('./engine.ts');
    return patchObject(transport, target, patch, dryRun, signal);
  }

  #cluster(ref: ClusterRef): LiveCluster {
    const contexts = valueOf(this.#contexts);
    const there = contexts?.some(({ context, server }) => context === ref.context && server === ref.server);
    if (there === false) throw contextMissing(ref.context);
    const key = JSON.stringify([ref.context, ref.server]);
    const known = this.#clusters.get(key);
    if (known) return known;
    const made = this.#make(ref);
    this.#clusters.set(key, made);
    return made;
  }

  #make(ref: ClusterRef): LiveCluster {
    const options = this.#options;
    const wake = this.#wakes.event;
    return new LiveCluster(ref, {
      clock: options.clock,
      pool: this.#pool,
      wake,
      connect: async () => (await this.#engine()).connection(ref),
      async reflect(connection, what) {
        const { reflectorOf } = await import('./engine.ts');
        const reflector = reflectorOf(connection, what, options);
        return (signal) => reflector.run(signal);
      },
      async follow(connection, what) {
        const { followerOf } = await import('./engine.ts');
        const reflector = followerOf(connection, what, options);
        return (signal) => reflector.run(signal);
      },
      async poll({ transport }, scope, cache) {
        const { pollUsage } = await import('./engine.ts');
        return (signal) => pollUsage(transport, scope, cache, wake, signal);
      },
      findNamespaces: async (connection, named, signal) => {
        const { findNamespaces } = await import('./engine.ts');
        const { files } = await this.#engine();
        const configured = (await files.load()).namespacesOn(ref);
        return findNamespaces(connection, { configured, named }, signal);
      },
    });
  }

  async #load(): Promise<Engine> {
    const { Engine } = await import('./engine.ts');
    const engine = new Engine(this.#options);
    if (this.#disposed) engine.dispose();
    else engine.files.onDidChange(() => void this.#read(engine));
    this.#loaded = engine;
    return engine;
  }

  /** The first question starts the reading. */
  #ask(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#engine()
      .then((engine) => this.#read(engine))
      .catch((error: unknown) => this.#fail(error));
  }

  async #read(engine: Engine): Promise<void> {
    const load = engine.files.load();
    try {
      const kubeconfig = await load;
      if (load === engine.files.load()) this.#take(kubeconfig);
    } catch (error) {
      this.#fail(error);
    }
  }

  #take({ contexts, currentContext, problem }: Kubeconfig): void {
    const at = this.#options.clock.now();
    this.#currentContext = currentContext;
    this.#contexts = problem
      ? { state: 'stale', value: contexts, since: at, error: problem }
      : { state: 'ready', value: contexts, at };
    if (problem) this.#options.log.warn(t('A kubeconfig cannot be read; the others are used.'), problem);
    this.#tell();
  }

  #fail(error: unknown): void {
    const failure = toJarvisError(error);
    // a kubeconfig that is gone has no contexts; one that is broken is being edited
    const before = failure.code === 'kube.kubeconfigMissing' ? loading : this.#contexts;
    this.#contexts = failed(before, failure, this.#options.clock.now());
    this.#tell();
  }

  #tell(): void {
    if (this.#disposed) return;
    this.#changes.fire(undefined);
    this.#wakes.fire(undefined);
  }
}
