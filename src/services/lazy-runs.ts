import { access } from 'node:fs/promises';
import { lazy } from '../core/async.ts';
import { type Disposable, DisposableStore, joined } from '../core/disposable.ts';
import { type JarvisError, toJarvisError } from '../core/errors.ts';
import { Emitter } from '../core/event.ts';
import { failed, type Loadable, loading } from '../core/loadable.ts';
import type { ClusterRef } from '../domain/kubernetes/model.ts';
import type { Place } from '../domain/remediation/guards/protection.ts';
import type { Unlock } from '../domain/remediation/guards/lock-event.ts';
import type { Plan } from '../domain/remediation/plan.ts';
import type { RunState } from '../domain/remediation/run-state.ts';
import type { PlanRequest, RecordedRuns, Runs } from '../domain/remediation/runs.ts';

/**
 * {@link Runs} before they are needed: nobody acts in most windows, so the write path, its routes and the journal load
 * with the first plan, or with the first receipt that there is to show.
 */
export class LazyRuns implements RecordedRuns, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<ReadonlySet<string>>());
  readonly #runs: () => Promise<Runs>;
  readonly #hasReceipts: () => Promise<boolean>;
  #loaded: Runs | undefined;
  #journal: Loadable<undefined> = loading;
  readonly onDidChange = this.#changed.event;

  constructor(load: () => Promise<Runs & Disposable>, hasReceipts: () => Promise<boolean>) {
    this.#hasReceipts = hasReceipts;
    this.#runs = lazy(async () => {
      const runs = this.#owned.add(await load());
      this.#owned.add(runs.onDidChange((ids) => this.#changed.fire(ids)));
      this.#loaded = runs;
      return runs;
    });
  }

  get all(): readonly RunState[] {
    return this.#loaded?.all ?? [];
  }

  get(planId: string): RunState | undefined {
    return this.#loaded?.get(planId);
  }

  get unlocks(): readonly Unlock[] {
    return this.#loaded?.unlocks ?? [];
  }

  obstacle(place: Place): JarvisError | undefined {
    return this.#loaded?.obstacle(place);
  }

  async admit(place: Place): Promise<Unlock | undefined> {
    return (await this.#runs()).admit(place);
  }

  async unlock(cluster: ClusterRef, reason: string, forMs: number): Promise<void> {
    await (await this.#runs()).unlock(cluster, reason, forMs);
  }

  async lock(): Promise<void> {
    await (await this.#runs()).lock();
  }

  async plan(request: PlanRequest, signal: AbortSignal): Promise<Plan> {
    return (await this.#runs()).plan(request, signal);
  }

  async planUndo(...asked: Parameters<Runs['planUndo']>): Promise<Plan> {
    return (await this.#runs()).planUndo(...asked);
  }

  async confirm(planId: string): Promise<RunState> {
    return (await this.#runs()).confirm(planId);
  }

  watch(planId: string): Disposable {
    return this.#loaded?.watch(planId) ?? joined([]);
  }

  async cancel(planId: string): Promise<void> {
    await (await this.#runs()).cancel(planId);
  }

  async keep(planId: string): Promise<void> {
    await (await this.#runs()).keep(planId);
  }

  async claim(planId: string): Promise<boolean> {
    return (await this.#runs()).claim(planId);
  }

  discard(planId: string): void {
    this.#loaded?.discard(planId);
  }

  get journal(): Loadable<undefined> {
    return this.#journal;
  }

  async restore(): Promise<void> {
    try {
      if (await this.#hasReceipts()) await (await this.#runs()).restore();
      this.#tellJournal({ state: 'ready', value: undefined, at: 0 });
    } catch (error) {
      this.#tellJournal(failed(loading, toJarvisError(error), 0));
      throw error;
    }
  }

  #tellJournal(journal: Loadable<undefined>): void {
    this.#journal = journal;
    this.#changed.fire(new Set());
  }

  dispose(): void {
    this.#owned.dispose();
  }
}

/** False only where it surely is not: whoever reads what cannot be looked at tells why. */
export async function mayBeThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}
