import { isDeepStrictEqual } from 'node:util';
import { throwIfCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { CancelledError, isCancelled, toJarvisError } from '../../core/errors.ts';
import type { Tick } from './expectation.ts';
import type { Gate } from './guards/gate.ts';
import { placeOf } from './guards/protection.ts';
import type { Journal, PlanEvent } from './journal.ts';
import type { Observer, SeenField, TargetGuard } from './observer.ts';
import { planIsBlocked, planIsExpired, type Plan } from './plan.ts';
import { interrupted, recover } from './recover.ts';
import type { Route, RouteHandle, RouteProgress, RouteResult } from './route.ts';
import { errorOf, judged, outcomeOf } from './run-outcome.ts';
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
  /** Settles once the request has left, or never will: then without a handle. */
  readonly #sent = Promise.withResolvers<RouteHandle | undefined>();

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
      this.#throwIfCancelled();
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
      await this.#carryOut(() => this.#found());
    });
    return this.#state;
  }

  /**
   * Asks the route to stop, as soon as there is what to stop. What had changed until then is still observed.
   * @throws JarvisError why it cannot be stopped: then it goes on
   */
  async cancel(): Promise<void> {
    const { phase, cancelling, plan } = this.#state;
    if (cancelling || (phase !== 'confirmed' && phase !== 'running')) return;
    await this.#record({ type: 'cancelRequested', planId: plan.id });
    const handle = this.#state.handle ?? (await this.#sent.promise);
    if (handle) await this.#cancel(handle);
  }

  async #cancel(handle: RouteHandle): Promise<void> {
    try {
      await this.#route.cancel(handle, this.#stop.signal);
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
      return await this.#route.send(request, this.#stop.signal);
    } catch (error) {
      if (this.#stop.signal.aborted) throw error;
      return recover(this.#route, request, toJarvisError(error), this.#stop.signal);
    }
  }

  /** The work that an earlier window has sent. A cancel that was asked for there may not have reached the route. */
  async #found(): Promise<RouteHandle> {
    const { handle, phase, plan, cancelling } = this.#state;
    if (!handle && phase !== 'running') throw interrupted();
    const found = handle ?? (await recover(this.#route, plan.request, interrupted(), this.#stop.signal));
    // nobody waits for the answer any more: that it goes on says that it could not be stopped
    if (cancelling) await this.#cancel(found).catch(() => undefined);
    return found;
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
      const isUnsent = !this.#state.handle && code !== 'remediation.mayBeSent';
      if (isUnsent || this.#stop.signal.aborted) throw error;
      return { outcome: 'failure', summary: message, code, inDoubt: true };
    }
  }

  async #follow(handle: RouteHandle): Promise<RouteResult> {
    if (!this.#state.handle) await this.#record({ type: 'sent', planId: this.#state.plan.id, handle });
    return this.#route.follow(handle, (progress) => this.#progress(progress), this.#stop.signal);
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

  /** Only how a tick ended is worth a line of the journal (the run goes on without it); what is seen on the way is shown. */
  #tick(tick: Tick): void {
    const event: PlanEvent = { type: 'observed', planId: this.#state.plan.id, tick };
    if (tick.state === 'met' || tick.state === 'missed') void this.#record(event);
    else this.#set(reduce(this.#state, event, this.#ports.clock.now()));
  }

  async #assertUnchanged(): Promise<void> {
    await this.#ports.guard.assertUnchanged(this.#state.plan.target, this.#fields, this.#stop.signal);
  }

  get #route(): Route {
    return this.#ports.route(this.#state.plan);
  }

  /** What the plan changes of its target or relies on, as it saw it. */
  get #fields(): readonly SeenField[] {
    const { changes, holds = [] } = this.#state.plan;
    const changed = changes.filter(({ of }) => of === undefined);
    return [...changed.map(({ path, before }) => ({ path, value: before })), ...holds];
  }

  #throwIfCancelled(): void {
    throwIfCancelled(this.#stop.signal);
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
    if (state.handle || state.phase === 'verifying' || isOutcome(state.phase)) this.#sent.resolve(state.handle);
    this.#onChange(state);
  }
}
