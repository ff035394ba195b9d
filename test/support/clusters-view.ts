import { contextsBranch } from '../../src/features/clusters/contexts.ts';
import { LookState } from '../../src/features/clusters/look/look-state.ts';
import type { Memory } from '../../src/ui/memory.ts';
import type { Look } from '../../src/features/clusters/look/look.ts';
import type { Clusters } from '../../src/domain/kubernetes/cluster.ts';
import type { Namespace } from '../../src/domain/kubernetes/model.ts';
import type { RouteId } from '../../src/domain/remediation/route.ts';
import { FakeCluster, aConfiguration, clustersOf } from './builders/kubernetes.ts';
import { FakeClock } from './fake-clock.ts';
import { Screen, assertTree, type ExpectedRow } from './screen.ts';

export const prod = { context: 'prod', server: 'https://prod.example:6443', cluster: 'prod-seoul' };
/** The way to the groups of sock-shop. */
export const shop = ['prod', 'sock-shop'] as const;

export function aNamespace(name: string, over: Partial<Namespace> = {}): Namespace {
  return { ...aConfiguration(), uid: `uid-namespace-${name}`, name, namespace: '', phase: 'Active', ...over };
}

/** What a cluster shows beside its namespaces. */
export const clusterGroups = [{ label: 'Needs Attention' }, { label: 'Nodes' }] as const;

/** Of one release, sock-shop, in the same namespace. */
export const ofSockShop = { annotations: { 'meta.helm.sh/release-name': 'sock-shop' } };

/** A workspace's memory. */
export class FakeMemory implements Memory {
  readonly #kept = new Map<string, unknown>();

  get(key: string): unknown {
    return this.#kept.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    this.#kept.set(key, structuredClone(value));
    return Promise.resolve();
  }
}

/** The Clusters view of one cluster, whose server has said that it has two namespaces and nothing in them. */
export class ClustersView {
  readonly clock = new FakeClock('2026-11-21T09:00:00Z');
  readonly cluster = new FakeCluster(prod);
  readonly looks: LookState;
  /** Setting `jarvis.remediation.route`. */
  route: RouteId = 'direct';
  /** How often the servers were asked again. */
  refreshes = 0;
  readonly screen: Screen;

  constructor(options: { readonly memory?: Memory; readonly clusters?: Clusters } = {}) {
    const { memory = new FakeMemory(), clusters = clustersOf(this.cluster) } = options;
    this.looks = new LookState(memory);
    const { clock, looks } = this;
    const defaultRoute = () => this.route;
    const refresh = () => {
      this.refreshes++;
      return clusters.refresh();
    };
    this.screen = new Screen(contextsBranch({ clusters: { ...clusters, refresh }, clock, looks, defaultRoute }), clock);
    for (const store of Object.values(this.cluster.stores)) store.has();
    this.cluster.stores.namespaces.has(aNamespace('sock-shop'), aNamespace('default'));
  }

  /** Opens each row on the way to the last. */
  async open(...labels: readonly string[]): Promise<void> {
    for (const [index] of labels.entries()) {
      this.screen.expand(...labels.slice(0, index + 1));
      await this.flushed();
    }
  }

  async look(parts: Partial<Look>): Promise<void> {
    await this.looks.change(parts);
    await this.flushed();
  }

  flushed(): Promise<void> {
    return this.clock.advance(200);
  }

  /** Does the way out "Try Again" of the row of an error ask the server? */
  asksAgain(...labels: readonly string[]): boolean {
    const before = this.refreshes;
    this.screen.find(...labels).subject.trouble?.retry();
    return this.refreshes > before;
  }

  /** Under the row that these labels lead to, exactly these rows. */
  shows(expected: readonly ExpectedRow[], ...under: readonly string[]): void {
    assertTree(this.screen, expected, ...under);
  }

  dispose(): void {
    this.screen.dispose();
  }
}
