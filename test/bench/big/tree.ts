import { type KubernetesClient, createClusters } from '../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { Disposable } from '../../../src/core/disposable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import { whenKnown } from '../../../src/core/when-known.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { plainSource } from '../../../src/features/clusters/look/look-state.ts';
import type { ClustersPorts } from '../../../src/features/clusters/ports.ts';
import { RefreshScheduler } from '../../../src/ui/refresh-scheduler.ts';
import { TreeEngine } from '../../../src/ui/tree/engine.ts';
import type { Branch } from '../../../src/ui/tree/model.ts';
import { isPlaceholder } from '../../../src/ui/tree/placeholders.ts';

/** Jarvis's client as it is after a look at the cluster: connected, its code loaded. */
export interface Warm extends Disposable {
  readonly client: KubernetesClient;
  readonly ref: ClusterRef;
  readonly ports: ClustersPorts;
}

export async function warmClient(kubeconfig: string): Promise<Warm> {
  const options = { kubeconfigPaths: () => [kubeconfig], env: process.env, clock: systemClock, log: silentLogger };
  const client = createClusters(options);
  const [ref] = await whenKnown(() => client.contexts, client.onDidChange, AbortSignal.timeout(10_000));
  if (!ref) throw new Error('The kubeconfig has no context.');
  await client.cluster(ref).may({ verb: 'list', group: '', resource: 'pods' });
  return {
    client,
    ref,
    ports: { clusters: client, clock: systemClock, looks: plainSource, defaultRoute: () => 'direct' },
    dispose: () => client.dispose(),
  };
}

/** A view that draws as VS Code does, and remembers when. */
export class View implements Disposable {
  readonly #scheduler = new RefreshScheduler(systemClock);
  readonly #engine: TreeEngine;
  readonly #began = performance.now();
  readonly #whole: Promise<void>;
  firstRowsMs = Infinity;
  redraws = 0;

  constructor(branch: Branch) {
    const refreshable = { visible: true, flush: (all: boolean) => this.#engine.flush(all) };
    this.#engine = new TreeEngine(branch, {
      clock: systemClock,
      requestFlush: () => this.#scheduler.request(refreshable),
    });
    this.#whole = new Promise((resolve) => {
      const look = () => {
        this.redraws++;
        if (this.#draw()) resolve();
      };
      this.#engine.onDidChange(look);
      look();
    });
  }

  /** Everything is known, and what is to be shown of it is. */
  whole(): Promise<void> {
    return this.#whole;
  }

  dispose(): void {
    this.#engine.dispose();
    this.#scheduler.dispose();
  }

  #draw(): boolean {
    const rows = this.#engine.children();
    for (const row of rows) row.show();
    const [first] = rows;
    const shown = rows.some(({ node }) => !isPlaceholder(node));
    if (shown && this.firstRowsMs === Infinity) this.firstRowsMs = performance.now() - this.#began;
    return shown && first !== undefined && !isPlaceholder(first.node);
  }
}
