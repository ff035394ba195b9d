import { type Disposable, disposable, joined } from '../../../core/disposable.ts';
import { JarvisError } from '../../../core/errors.ts';
import { Emitter } from '../../../core/event.ts';
import { AttentionWatch } from '../../../domain/attention/attention-watch.ts';
import type { Severity } from '../../../domain/attention/model.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import type { Branch } from '../../../ui/tree/model.ts';
import { namesOf } from '../look/look.ts';
import type { ClustersPorts } from '../ports.ts';

/** What a row can say of a cluster without opening anything. */
export interface Summary {
  readonly count: number;
  readonly gravest: Severity | undefined;
  readonly isLoading: boolean;
  /** Something could not be read, or not lately. */
  readonly isPartial: boolean;
  readonly places: readonly string[] | undefined;
}

interface Entry {
  readonly watch: AttentionWatch;
  leases: number;
  told: string;
}

/** One {@link AttentionWatch} for each cluster that somebody looks into. */
export class Attentions {
  readonly #ports: ClustersPorts;
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Emitter<undefined>();
  /** A summary has changed, or is there or gone. */
  readonly onDidChange = this.#changed.event;

  constructor(ports: ClustersPorts) {
    this.#ports = ports;
  }

  /** The watch of a cluster that is looked into. */
  of(ref: ClusterRef): AttentionWatch | undefined {
    return this.#entries.get(keyOf(ref))?.watch;
  }

  summary(ref: ClusterRef): Summary | undefined {
    const watch = this.of(ref);
    return watch && summaryOf(watch);
  }

  /**
   * The branch of a context, and its cluster looked into for as long as it is open, so that the row can tell how much
   * needs attention without being expanded. It watches every kind that the rules read in all namespaces; a search, which
   * does so too, shares these watches. An expanded namespace has its own: it is there long before all of a big cluster is,
   * and also where that is forbidden.
   */
  around(ref: ClusterRef, branch: Branch): Branch {
    return {
      ...branch,
      open: (changed) => {
        const held = this.#hold(ref);
        const listening = joined([
          this.onDidChange(changed),
          this.#ports.looks.onDidChange(() => this.of(ref)?.reconsider()),
        ]);
        const opened = branch.open(changed);
        return {
          read: () => opened.read(),
          ...(opened.retry && { retry: () => opened.retry?.() }),
          dispose: () => joined([opened, listening, held]).dispose(),
        };
      },
    };
  }

  #hold(ref: ClusterRef): Disposable {
    const key = keyOf(ref);
    const entry = this.#entries.get(key) ?? this.#start(key, ref);
    if (!entry) return disposable(() => undefined);
    entry.leases++;
    return disposable(() => {
      entry.leases--;
      if (entry.leases === 0) this.#end(key, entry);
    });
  }

  #start(key: string, ref: ClusterRef): Entry | undefined {
    const watch = this.#watch(ref);
    if (!watch) return undefined;
    const entry: Entry = { watch, leases: 0, told: '' };
    this.#entries.set(key, entry);
    watch.onDidChange(() => {
      const summary = JSON.stringify(summaryOf(watch));
      if (summary === entry.told) return;
      entry.told = summary;
      this.#changed.fire(undefined);
    });
    return entry;
  }

  /** Undefined where the context is gone, which the rows beside say. */
  #watch(ref: ClusterRef): AttentionWatch | undefined {
    const { clusters, clock, looks } = this.#ports;
    try {
      return new AttentionWatch(clusters.cluster(ref), clock, () => namesOf(ref, looks.look.named));
    } catch (error) {
      if (error instanceof JarvisError) return undefined;
      throw error;
    }
  }

  #end(key: string, { watch }: Entry): void {
    this.#entries.delete(key);
    watch.dispose();
    this.#changed.fire(undefined);
  }
}

function summaryOf({ findings, gaps, isLoading, places }: AttentionWatch): Summary {
  const isPartial = gaps.some(({ state }) => state !== 'loading');
  return { count: findings.length, gravest: findings[0]?.severity, isLoading, isPartial, places };
}

function keyOf({ context, server, cluster }: ClusterRef): string {
  return JSON.stringify([context, server, cluster]);
}
