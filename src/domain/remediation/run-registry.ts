import { type Disposable, disposable, DisposableStore } from '../../core/disposable.ts';
import { JarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import type { Logger } from '../../core/log.ts';
import type { ClusterRef } from '../kubernetes/model.ts';
import type { Gate } from './guards/gate.ts';
import { othersAtWork } from './guards/others.ts';
import type { Place } from './guards/protection.ts';
import type { Unlock } from './guards/lock-event.ts';
import type { Plan } from './plan.ts';
import type { Planner } from './planner.ts';
import { Run, type RunPorts } from './run.ts';
import { replay } from './run-reducer.ts';
import { changeSeen, isOutcome, type RunState } from './run-state.ts';
import type { PlanRequest, Runs } from './runs.ts';
import { undoneElsewhere } from './undo.ts';

/** Receipts kept in memory, and so in the Activity view; the journal keeps them all. */
const receiptsShown = 200;
/** A window that goes leaves no word: whoever shows its run looks again whether it is still there. */
const lookAgainMs = 30_000;

/** What {@link Run}s need, and the locks whole. */
export interface RegistryPorts extends RunPorts {
  readonly gate: Gate;
}

/** Holds every plan of this window and the receipts of the journal; the implementation of {@link Runs}. */
export class RunRegistry implements Runs, Disposable {
  readonly #runs = new Map<string, Run>();
  /** Plans that another window is carrying out. */
  readonly #theirs = new Set<string>();
  readonly #changed = new Emitter<ReadonlySet<string>>();
  readonly #owned = new DisposableStore();
  readonly #planner: Pick<Planner, 'plan'>;
  readonly #ports: RegistryPorts;
  readonly #log: Logger;
  #later: Disposable | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(planner: Pick<Planner, 'plan'>, ports: RegistryPorts, log: Logger) {
    this.#planner = planner;
    this.#ports = ports;
    this.#log = log;
    this.#owned.add(ports.gate);
    this.#owned.add(ports.gate.onDidChange(() => this.#changed.fire(new Set())));
  }

  get all(): readonly RunState[] {
    return [...this.#runs.values()].map((run) => run.state).sort((a, b) => b.plan.createdAt - a.plan.createdAt);
  }

  get(planId: string): RunState | undefined {
    return this.#runs.get(planId)?.state;
  }

  get unlocks(): readonly Unlock[] {
    return this.#ports.gate.unlocks;
  }

  obstacle(place: Place): JarvisError | undefined {
    return this.#ports.gate.obstacle(place);
  }

  admit(place: Place): Promise<Unlock | undefined> {
    return this.#ports.gate.admit(place);
  }

  unlock(cluster: ClusterRef, reason: string, forMs: number): Promise<void> {
    return this.#ports.gate.unlock(cluster, reason, forMs);
  }

  lock(): Promise<void> {
    return this.#ports.gate.lock();
  }

  async plan(request: PlanRequest, signal: AbortSignal): Promise<Plan> {
    return this.#open(await this.#planner.plan(request, signal), signal);
  }

  async planUndo(planId: string, signal: AbortSignal, of?: 'even if changed'): Promise<Plan> {
    const { plan } = this.#run(planId).state;
    const { target, inverse, remediation, request } = plan;
    if ('impossible' in inverse) throw new JarvisError({ code: 'remediation.noUndo', message: inverse.impossible });
    const fields = inverse.requires.map(({ path, after }) => ({ path, value: after }));
    if (of === undefined) await this.#ports.guard.assertUnchanged(target, fields, signal);
    const undo: PlanRequest = { remediation, pointer: target, inputs: inverse.inputs, route: request.route };
    return this.#open(await this.#planner.plan(undo, signal, planId), signal);
  }

  async confirm(planId: string): Promise<RunState> {
    const run = this.#run(planId);
    const { undoOf } = run.state.plan;
    if (undoOf !== undefined && this.#takesBack(undoOf)) {
      const { code, message } = undoneElsewhere();
      run.discard('expired', { code, message });
    }
    await run.confirm();
    await this.#noteUndone(run.state);
    return run.state;
  }

  watch(planId: string): Disposable {
    const run = this.#run(planId);
    const stop = new AbortController();
    run.watch(stop.signal).catch((error: unknown) => this.#log.warn(`watching the object of ${planId}`, error));
    return disposable(() => stop.abort());
  }

  async cancel(planId: string): Promise<void> {
    // the window that carries it out may be gone
    if (this.#theirs.has(planId)) await this.restore();
    if (this.#theirs.has(planId)) throw elsewhere();
    await this.#run(planId).cancel();
  }

  async keep(planId: string): Promise<void> {
    await this.#run(planId).keep();
  }

  async claim(planId: string): Promise<boolean> {
    if (this.#takesBack(planId) || !(await this.#ports.journal.claim(planId))) return false;
    const told = await this.#told(planId);
    if (told) this.#run(planId).learn(told);
    return true;
  }

  discard(planId: string): void {
    this.#run(planId).discard('discarded');
  }

  async restore(): Promise<void> {
    const entries = await this.#ports.journal.read();
    this.#ports.gate.take(entries);
    const states = [...replay(entries).values()];
    const open = states.filter((state) => !isOutcome(state.phase));
    const ended = states.filter((state) => isOutcome(state.phase)).slice(-receiptsShown);
    for (const state of ended) this.#hear(state);
    await Promise.all(open.map((state) => this.#resume(state)));
  }

  dispose(): void {
    this.#owned.dispose();
    this.#later?.dispose();
    for (const run of this.#runs.values()) run.detach();
    this.#changed.dispose();
  }

  /** Of what is over: whoever carried it out, another window may have gone on from there. */
  #hear(state: RunState): void {
    const { id } = state.plan;
    const known = this.#runs.get(id);
    if (!known) this.#adopt(new Run(state, this.#ports, (next) => this.#tell(next)));
    else if (this.#theirs.delete(id)) known.copy(state);
    else known.learn(state);
  }

  /** Of what is under way: where no window that is open carries it out, this one does. */
  async #resume(state: RunState): Promise<void> {
    const { id } = state.plan;
    const known = this.#runs.get(id);
    if (known && !this.#theirs.has(id)) return;
    const run = known ?? new Run(state, this.#ports, (next) => this.#tell(next));
    if (known) run.copy(state);
    else this.#adopt(run);
    this.#theirs.add(id);
    if (!(await this.#ports.journal.claim(id))) {
      this.#lookLater();
      return;
    }
    // what its window has still written before it went
    const left = (await this.#told(id)) ?? state;
    // asked twice at the same time, it is resumed once
    if (!this.#theirs.delete(id)) return;
    run.copy(left);
    this.#log.info(`resuming ${id}, left in phase ${left.phase}`);
    void this.#goOn(run);
  }

  #lookLater(): void {
    if (this.#owned.isDisposed) return;
    this.#later ??= this.#ports.clock.after(lookAgainMs, () => {
      this.#later = undefined;
      this.restore().catch((error: unknown) => this.#log.warn('looking for what other windows left', error));
    });
  }

  async #goOn(run: Run): Promise<void> {
    await this.#noteUndone(await run.resume());
  }

  /** Is a run of this window taking the plan back? Those of other windows hold a claim. */
  #takesBack(planId: string): boolean {
    return [...this.#runs.values()].some(({ state: { plan, phase } }) => {
      const isUnderWay = phase !== 'planned' && !isOutcome(phase);
      return plan.undoOf === planId && isUnderWay && !this.#theirs.has(plan.id);
    });
  }

  /** What a plan was seen to take back counts as taken back, though not all that should follow was seen. */
  async #noteUndone(state: RunState): Promise<void> {
    const { id, undoOf } = state.plan;
    if (undoOf !== undefined && changeSeen(state) === 'yes') await this.#runs.get(undoOf)?.undone(id);
  }

  /** As the journal has it now. */
  async #told(planId: string): Promise<RunState | undefined> {
    return replay(await this.#ports.journal.read()).get(planId);
  }

  /** Opens it with a warning of whoever else is at work on its object. */
  async #open(alone: Plan, signal: AbortSignal): Promise<Plan> {
    const others = await othersAtWork(alone, this.#ports, signal);
    const plan = { ...alone, effects: [...alone.effects, ...others] };
    const run = new Run(plan, this.#ports, (next) => this.#tell(next));
    this.#adopt(run);
    const left = plan.expiresAt - this.#ports.clock.now();
    this.#owned.add(this.#ports.clock.after(left, () => run.discard('expired')));
    return plan;
  }

  #adopt(run: Run): void {
    this.#runs.set(run.state.plan.id, run);
    this.#tell(run.state);
  }

  #tell(state: RunState): void {
    this.#changed.fire(new Set([state.plan.id]));
  }

  #run(planId: string): Run {
    const run = this.#runs.get(planId);
    if (run) return run;
    throw new JarvisError({ code: 'remediation.noPlan', message: t('There is no plan {0} any more.', planId) });
  }
}

function elsewhere(): JarvisError {
  return new JarvisError({
    code: 'remediation.elsewhere',
    message: t('Another window carries this out: cancel it there.'),
  });
}
