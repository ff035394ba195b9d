import { lazy } from '../core/async.ts';
import { type Disposable, DisposableStore, joined } from '../core/disposable.ts';
import { Emitter } from '../core/event.ts';
import type { Plan } from '../domain/remediation/plan.ts';
import type { RunState } from '../domain/remediation/run-state.ts';
import type { PlanRequest, Runs } from '../domain/remediation/runs.ts';

/**
 * {@link Runs} before they are needed: nobody acts in most windows, so the write path, its routes and the journal load
 * with the first plan, or with the first receipt that there is to show.
 */
export class LazyRuns implements Runs, Disposable {
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<ReadonlySet<string>>());
  readonly #runs: () => Promise<Runs>;
  readonly #hasReceipts: () => Promise<boolean>;
  #loaded: Runs | undefined;
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

  async plan(request: PlanRequest, signal: AbortSignal): Promise<Plan> {
    return (await this.#runs()).plan(request, signal);
  }

  async planUndo(planId: string, signal: AbortSignal): Promise<Plan> {
    return (await this.#runs()).planUndo(planId, signal);
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

  discard(planId: string): void {
    this.#loaded?.discard(planId);
  }

  async restore(): Promise<void> {
    if (await this.#hasReceipts()) await (await this.#runs()).restore();
  }

  dispose(): void {
    this.#owned.dispose();
  }
}
