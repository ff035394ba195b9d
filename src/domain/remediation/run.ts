import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../core/clock.ts';
import { CancelledError, isCancelled, JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Tick } from './expectation.ts';
import type { Gate } from './guards/gate.ts';
import { placeOf } from './guards/protection.ts';
import type { Journal, PlanEvent } from './journal.ts';
import type { Observer, SeenField, TargetGuard } from './observer.ts';
import { planIsBlocked, planIsExpired, type Plan } from './plan.ts';
import type { Route, RouteHandle, RouteProgress, RouteResult } from './route.ts';
import { opened, reduce } from './run-reducer.ts';
import { isOutcome, type Outcome, type RunError, type RunState } from './run-state.ts';
import { claimUndo } from './undo.ts';
import { verify } from './verify.ts';

/** All that a run needs of the world; a test gives its own. */
export interface RunPorts {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly observer: Observer;
  readonly guard: TargetGuard;
  readonly gate: Pick<Gate, 'admit'>;
  readonly route: (plan: Plan) => Route;
  /** Of what the plan stands on beside its object. @throws JarvisError */
  readonly recheck: (plan: Plan, signal: AbortSignal) => Promise<void>;
}

/**
 * The state machine of one plan, and the only code that calls {@link Route.send}.
 * planned → confirmed → running → verifying → an outcome. Each step is journalled before the next one begins; the write
 * itself does not leave before `sending` is on disk.
 */
export class Run {
  #state: RunState;
  readonly #ports: RunPorts;
  readonly #onChange: (state: RunState) => void;
  readonly #stop = new AbortController();

  constructor(state: RunState | Plan, ports: RunPorts, onChange: (state: RunState) => void) {
    this.#state = 'phase' in state ? state : opened(state);
    this.#ports = ports;
    this.#onChange = onChange;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Carries the plan out. Never throws: whatever happens is in the state, with its reason. */
  async confirm(): Promise<RunState> {
    const { phase, plan } = this.#state;
    if (phase !== 'planned' || planIsBlocked(plan)) return this.#state;
    if (planIsExpired(plan, this.#ports.clock.now())) return this.#endUnsent('expired');
    await this.#guarded(async () => {
      // The phase changes before the first await: a second confirmation finds it changed.
      await this.#record({ type: 'confirmed', plan }, 'must');
      await this.#ports.gate.admit(placeOf(plan));
      await this.#assertUnchanged();
      await this.#ports.recheck(plan, this.#stop.signal);
      await claimUndo(plan, this.#ports.journal);
      // An unlock may have ended meanwhile.
      const unlock = await this.#ports.gate.admit(placeOf(plan));
      this.#throwIfCancelling();
      await this.#record({ type: 'sending', planId: plan.id, ...(unlock && { unlock }) }, 'must');
      await this.#carryOut(() => this.#send());
    });
    return this.#state;
  }

  /** Lets the plan, while nobody has confirmed it, expire when its object changes on the server. Until the signal fires. */
  async watch(signal: AbortSignal): Promise<void> {
    if (this.#state.phase !== 'planned') return;
    const { target } = this.#state.plan;
    const signals = AbortSignal.any([signal, this.#stop.signal]);
    const why = await this.#ports.guard.untilChanged(target, this.#fields, signals);
    if (why) this.discard('expired', { code: why.code, message: why.message });
  }

  /** Goes on with a plan that an earlier window left, from where the journal ends. */
  async resume(): Promise<RunState> {
    if (isOutcome(this.#state.phase)) return this.#state;
    await this.#guarded(async () => {
      if (this.#state.phase === 'verifying') return this.#verify();
      const { handle } = this.#state;
      await this.#carryOut(() => (handle ? Promise.resolve(handle) : this.#recover()));
    });
    return this.#state;
  }

  /** Asks the route to stop. What had changed until then is still observed. */
  async cancel(): Promise<void> {
    const { phase, handle, cancelling, plan } = this.#state;
    if (cancelling || (phase !== 'confirmed' && phase !== 'running')) return;
    await this.#record({ type: 'cancelRequested', planId: plan.id });
    if (handle) await this.#cancel(handle);
  }

  async #cancel(handle: RouteHandle): Promise<void> {
    try {
      await this.#ports.route(this.#state.plan).cancel(handle, this.#stop.signal);
    } catch (error) {
      this.#set({ ...this.#state, cancelling: false });
      throw error;
    }
  }

  /** Closes a plan that nobody confirmed. Nothing was written, so nothing is journalled. */
  discard(outcome: 'discarded' | 'expired', why?: RunError): void {
    if (this.#state.phase === 'planned') this.#endUnsent(outcome, why);
  }

  /** The window goes: stop watching. The work goes on and the next window picks it up. */
  detach(): void {
    this.#stop.abort();
  }

  /** Another plan took this one back. */
  async undone(by: string): Promise<void> {
    await this.#record({ type: 'undone', planId: this.#state.plan.id, by });
  }

  /** A person wants the change to stay: its way back is called off. */
  async keep(): Promise<void> {
    await this.#record({ type: 'kept', planId: this.#state.plan.id });
  }

  /** Another window took it back, or its person kept the change. */
  learn({ undoneBy, kept }: RunState): void {
    if (undoneBy === this.#state.undoneBy && kept === this.#state.kept) return;
    this.#set({ ...this.#state, ...(undoneBy !== undefined && { undoneBy }), ...(kept !== undefined && { kept }) });
  }

  /** Another window carries it out: it stands as that one has written it down. */
  copy(told: RunState): void {
    if (!isDeepStrictEqual(told, this.#state)) this.#set(told);
  }

  async #send(): Promise<RouteHandle> {
    const { request } = this.#state.plan;
    try {
      return await this.#ports.route(this.#state.plan).send(request, this.#stop.signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      return this.#recover(toJarvisError(error));
    }
  }

  /**
   * The answer to a send was lost, or the window was: look for the work by the plan's id.
   * @throws JarvisError `cause` when it was not sent, remediation.mayBeSent when not even that can be learned
   */
  async #recover(cause = interrupted()): Promise<RouteHandle> {
    const { plan, phase } = this.#state;
    if (phase !== 'running') throw cause;
    const handle = await this.#ports.route(plan).recover(plan.request, this.#stop.signal).catch(mayBeSent);
    if (handle) return handle;
    throw cause;
  }

  /** From the request to what was seen. What a route cannot tell is asked of the cluster, whatever it was. */
  async #carryOut(handle: () => Promise<RouteHandle>): Promise<void> {
    await this.#record({ type: 'finished', planId: this.#state.plan.id, result: await this.#result(handle) });
    await this.#verify();
  }

  async #result(find: () => Promise<RouteHandle>): Promise<RouteResult> {
    try {
      return await this.#follow(await find());
    } catch (error) {
      const { code, message } = toJarvisError(error);
      if (isCancelled(error) || (!this.#state.handle && code !== 'remediation.mayBeSent')) throw error;
      return { outcome: 'failure', summary: message, code, inDoubt: true };
    }
  }

  async #follow(handle: RouteHandle): Promise<RouteResult> {
    if (!this.#state.handle) await this.#record({ type: 'sent', planId: this.#state.plan.id, handle });
    // Somebody cancelled while the request was on its way.
    if (this.#state.cancelling) await this.#cancel(handle);
    const route = this.#ports.route(this.#state.plan);
    return route.follow(handle, (progress) => this.#progress(progress), this.#stop.signal);
  }

  async #verify(): Promise<void> {
    const { plan, ticks, result } = this.#state;
    const watching = { plan: judged(plan, result), observer: this.#ports.observer, clock: this.#ports.clock };
    const onTick = (tick: Tick) => this.#tick(tick);
    const seen = await verify({ ...watching, onTick, signal: this.#stop.signal }, ticks);
    await this.#end(outcomeOf(seen, result), errorOf(result));
  }

  #progress(progress: RouteProgress): void {
    this.#set({ ...this.#state, progress });
  }

  /** Only how a tick ended is worth a line of the journal; what is seen on the way is shown. */
  #tick(tick: Tick): void {
    const event: PlanEvent = { type: 'observed', planId: this.#state.plan.id, tick };
    if (tick.state === 'met' || tick.state === 'missed') void this.#record(event);
    else this.#set(reduce(this.#state, event, this.#ports.clock.now()));
  }

  async #assertUnchanged(): Promise<void> {
    await this.#ports.guard.assertUnchanged(this.#state.plan.target, this.#fields, this.#stop.signal);
  }

  /** What the plan changes of its target or relies on, as it saw it. */
  get #fields(): readonly SeenField[] {
    const { changes, holds = [] } = this.#state.plan;
    const changed = changes.filter(({ of }) => of === undefined);
    return [...changed.map(({ path, before }) => ({ path, value: before })), ...holds];
  }

  #throwIfCancelling(): void {
    if (this.#state.cancelling) throw new CancelledError();
  }

  /** Runs the steps; a detached window leaves the state as the journal has it, everything else ends the run. */
  async #guarded(steps: () => Promise<void>): Promise<void> {
    try {
      await steps();
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      if (isCancelled(error)) return this.#end('cancelled');
      const { code, message } = toJarvisError(error);
      await this.#end('failed', { code, message });
    }
  }

  async #end(outcome: Outcome, error?: RunError): Promise<void> {
    await this.#record({ type: 'ended', planId: this.#state.plan.id, outcome, ...(error && { error }) });
  }

  #endUnsent(outcome: 'discarded' | 'expired', error?: RunError): RunState {
    const event: PlanEvent = { type: 'ended', planId: this.#state.plan.id, outcome, ...(error && { error }) };
    this.#set(reduce(this.#state, event, this.#ports.clock.now()));
    return this.#state;
  }

  /**
   * Takes the event into the state and onto the disk. Before the write, a record that cannot be kept stops the run
   * (`must`); after it, the run goes on and says beside the outcome that its record is not complete.
   */
  async #record(event: PlanEvent, need?: 'must'): Promise<void> {
    const at = this.#ports.clock.now();
    this.#set(reduce(this.#state, event, at));
    try {
      await this.#ports.journal.append({ at, event });
    } catch (error) {
      if (need === 'must') throw error;
      const { code, message } = toJarvisError(error);
      this.#set({ ...this.#state, journalError: { code, message } });
    }
  }

  #set(state: RunState): void {
    this.#state = state;
    this.#onChange(state);
  }
}

function interrupted(): JarvisError {
  return new JarvisError({
    code: 'remediation.interrupted',
    message: t('VS Code was closed before the change was sent. Nothing was written.'),
  });
}

function mayBeSent(error: unknown): never {
  if (isCancelled(error)) throw error;
  throw new JarvisError({
    code: 'remediation.mayBeSent',
    message: t('It is not known whether the change was sent: {0}', toJarvisError(error).message),
    cause: error,
  });
}

/** What work that has ended wrote is there, and the watch tells it in a moment. */
const afterwardsMs = 5_000;

/**
 * After a route that did not succeed only the change itself is looked at: nobody waits ten minutes for a recovery then,
 * nor half a minute for a change by work that is over.
 */
function judged(plan: Plan, result: RouteResult | undefined): Plan {
  if (!result || result.outcome === 'success') return plan;
  const changes = plan.expectations.filter(({ role }) => role === 'change');
  const within = (ms: number) => (result.inDoubt === true ? ms : Math.min(ms, afterwardsMs));
  return { ...plan, expectations: changes.map((change) => ({ ...change, withinMs: within(change.withinMs) })) };
}

function outcomeOf(ticks: readonly Tick[], result: RouteResult | undefined): Outcome {
  if (result?.outcome === 'failure') return 'failed';
  if (result?.outcome === 'cancelled') return 'cancelled';
  const met = (role: Tick['role']) => ticks.every((tick) => tick.role !== role || tick.state === 'met');
  if (!met('change')) return 'notChanged';
  return met('recovery') ? 'verified' : 'notRecovered';
}

function errorOf(result: RouteResult | undefined): RunError | undefined {
  return result?.outcome === 'failure' ? { code: result.code ?? 'route.failed', message: result.summary } : undefined;
}
