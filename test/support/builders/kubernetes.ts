import { disposable } from '../../../src/core/disposable.ts';
import { Emitter } from '../../../src/core/event.ts';
import { type Loadable, loading } from '../../../src/core/loadable.ts';
import type {
  AccessAnswer,
  Cluster,
  Clusters,
  Kind,
  KindMap,
  ObjectStore,
  UsageLease,
  UsageStore,
} from '../../../src/domain/kubernetes/cluster.ts';
import type {
  ClusterRef,
  Deployment,
  Hpa,
  KubeObject,
  Node,
  Pod,
  Usage,
} from '../../../src/domain/kubernetes/model.ts';

const object: KubeObject = {
  uid: 'uid',
  name: 'name',
  namespace: 'sock-shop',
  resourceVersion: '1',
  createdAt: Date.parse('2026-11-20T09:00:00Z'),
  labels: {},
  owners: [],
};

/** front-end's HPA in the incident: 2..4, CPU at 200 % of a 50 % target. */
export function anHpa(over: Partial<Hpa> = {}): Hpa {
  return {
    ...object,
    uid: 'uid-front-end',
    name: 'front-end',
    annotations: {},
    target: { kind: 'Deployment', name: 'front-end' },
    minReplicas: 2,
    maxReplicas: 4,
    currentReplicas: 4,
    desiredReplicas: 4,
    metrics: [{ type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current: 200 }],
    conditions: [],
    ...over,
  };
}

export function aDeployment(over: Partial<Deployment> = {}): Deployment {
  return {
    ...object,
    uid: 'uid-deployment-front-end',
    name: 'front-end',
    annotations: {},
    selector: { matchLabels: { name: 'front-end' }, matchExpressions: [] },
    wanted: 4,
    ready: 4,
    updated: 4,
    available: 4,
    paused: false,
    generation: 1,
    observedGeneration: 1,
    conditions: [],
    template: {
      containers: [{ name: 'front-end', image: 'front-end:1', requests: { cpu: 200, memory: 64 * 2 ** 20 } }],
      nodeSelector: {},
      tolerations: [],
      constrained: false,
    },
    ...over,
  };
}

export function aPod(over: Partial<Pod> = {}): Pod {
  return {
    ...object,
    uid: 'uid-pod',
    name: 'front-end-0',
    labels: { name: 'front-end' },
    phase: 'Running',
    reason: '',
    nodeName: 'node-0',
    containers: [],
    conditions: [],
    ...over,
  };
}

export function aNode(over: Partial<Node> = {}): Node {
  return {
    ...object,
    uid: 'uid-node-0',
    name: 'node-0',
    namespace: '',
    unschedulable: false,
    taints: [],
    allocatable: { cpu: 4_000, memory: 16 * 2 ** 30, pods: 110 },
    conditions: [{ type: 'Ready', status: 'True', reason: '', message: '' }],
    ...over,
  };
}

/** A store whose state a test sets. */
export class FakeStore<T extends KubeObject> implements ObjectStore<T> {
  readonly #changed = new Emitter<ReadonlySet<string> | undefined>();
  objects: Loadable<ReadonlyMap<string, T>> = loading;
  readonly onDidChange = this.#changed.event;

  /** The server tells: these are all objects now. */
  has(...objects: readonly T[]): void {
    this.becomes({ state: 'ready', value: new Map(objects.map((one) => [one.uid, one])), at: 0 });
  }

  becomes(objects: Loadable<ReadonlyMap<string, T>>): void {
    this.objects = objects;
    this.#changed.fire(undefined);
  }
}

class FakeUsage implements UsageStore {
  readonly #changed = new Emitter<undefined>();
  usage: Loadable<ReadonlyMap<string, Usage>> = loading;
  readonly onDidChange = this.#changed.event;

  has(...usages: readonly Usage[]): void {
    const value = new Map(usages.map((one) => [one.namespace ? `${one.namespace}/${one.name}` : one.name, one]));
    this.usage = { state: 'ready', value, at: 0 };
    this.#changed.fire(undefined);
  }
}

/** A cluster of {@link FakeStore}s, one a kind whatever the namespace, that counts its leases. */
export class FakeCluster implements Cluster {
  readonly ref: ClusterRef;
  readonly clockSkew = 0;
  readonly stores: { readonly [K in Kind]: FakeStore<KindMap[K]> } = {
    namespaces: new FakeStore(),
    nodes: new FakeStore(),
    pods: new FakeStore(),
    deployments: new FakeStore(),
    horizontalpodautoscalers: new FakeStore(),
    releases: new FakeStore(),
  };
  readonly usages = new FakeUsage();
  leases = 0;

  constructor(ref: ClusterRef) {
    this.ref = ref;
  }

  watch<K extends Kind>(kind: K) {
    this.leases++;
    const store: FakeStore<KindMap[K]> = this.stores[kind];
    return { store, ...disposable(() => this.leases--) };
  }

  usage(): UsageLease {
    this.leases++;
    return { store: this.usages, ...disposable(() => this.leases--) };
  }

  may(): Promise<AccessAnswer> {
    return Promise.resolve({ allowed: true, reason: '' });
  }
}

/** The contexts of one fake cluster. */
export function clustersOf(cluster: Cluster): Clusters {
  return {
    contexts: { state: 'ready', value: [cluster.ref], at: 0 },
    currentContext: cluster.ref.context,
    onDidChange: new Emitter<undefined>().event,
    cluster: () => cluster,
    refresh: () => Promise.resolve(),
    setVisible: () => undefined,
  };
}
