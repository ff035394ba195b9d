import type { Disposable } from '../../core/disposable.ts';
import type { Event } from '../../core/event.ts';
import type { Kind, KindMap } from '../../domain/kubernetes/kind-map.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { WholeObject } from '../../domain/kubernetes/reader.ts';
import { AccessReviews } from './access.ts';
import { ApiResources } from './api-resources.ts';
import type { ClientOptions } from './client-options.ts';
import { Credentials } from './credential-cache.ts';
import { readAccess } from './credentials.ts';
import { ExecPlugin } from './exec-plugin.ts';
import { kinds } from './kinds/kinds.ts';
import { wholeObject } from './kinds/whole.ts';
import { KubeconfigFiles } from './kubeconfig-files.ts';
import type { ObjectCache } from './object-cache.ts';
import { Reflector } from './reflector.ts';
import { Transport } from './transport.ts';

export { eventsOf, eventsOfFamily } from './events.ts';
export { findNamespaces } from './find-namespaces.ts';
export { readHistory, readRelease, readReleaseHead } from './helm/releases.ts';
export { readLogs } from './logs.ts';
export { foreseeMerge, patchObject, readObject } from './objects.ts';
export { forwardPort } from './port-forward.ts';
export { pinnedKubeconfig } from './pinned-kubeconfig.ts';
export { pollUsage } from './usage.ts';

/** The heavy half of the client, loaded at first use: the kubeconfig, and a connection for each context that is used. */
export class Engine implements Disposable {
  readonly files: KubeconfigFiles;
  readonly #options: ClientOptions;
  readonly #connections = new Map<string, Connection>();

  constructor(options: ClientOptions) {
    this.#options = options;
    this.files = new KubeconfigFiles(options.kubeconfigPaths);
    this.files.onDidChange(() => {
      for (const { transport, reviews, resources } of this.#connections.values()) {
        transport.renew();
        reviews.forget();
        resources.forget();
      }
    });
  }

  connection(ref: ClusterRef): Connection {
    const key = JSON.stringify([ref.context, ref.server]);
    const known = this.#connections.get(key);
    if (known) return known;
    const made = this.#connect(ref);
    this.#connections.set(key, made);
    return made;
  }

  dispose(): void {
    this.files.dispose();
    for (const { transport, reviews, resources } of this.#connections.values()) {
      reviews.dispose();
      resources.dispose();
      transport.dispose();
    }
  }

  #connect(ref: ClusterRef): Connection {
    const { env, clock } = this.#options;
    const plugin = new ExecPlugin(clock);
    const read = async (signal: AbortSignal) =>
      readAccess({ kubeconfig: await this.files.load(), ref, env, plugin }, signal);
    const credentials = new Credentials(read, clock);
    const transport = new Transport(ref, credentials, clock);
    return { transport, reviews: new AccessReviews(transport), resources: new ApiResources(transport) };
  }
}

export interface Connection {
  readonly transport: Transport;
  readonly reviews: AccessReviews;
  readonly resources: ApiResources;
}

export interface ReflectOptions<K extends Kind> {
  readonly kind: K;
  readonly namespace: string | undefined;
  readonly cache: ObjectCache<KindMap[K]>;
  readonly wake: Event<undefined>;
}

export function reflectorOf<K extends Kind>(
  { transport }: Connection,
  { kind, ...rest }: ReflectOptions<K>,
  { log }: ClientOptions,
): Reflector<KindMap[K]> {
  return new Reflector<KindMap[K]>({ ...rest, kind: kinds[kind], transport, log });
}

export interface FollowOptions {
  readonly object: ObjectRef;
  readonly cache: ObjectCache<WholeObject>;
  readonly wake: Event<undefined>;
}

export function followerOf(
  { transport }: Connection,
  { object, ...rest }: FollowOptions,
  { log }: ClientOptions,
): Reflector<WholeObject> {
  const namespace = object.namespace || undefined;
  return new Reflector<WholeObject>({ ...rest, kind: wholeObject(object), namespace, transport, log });
}
