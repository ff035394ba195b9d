import type { Clock } from '../../core/clock.ts';
import { type Disposable, joined } from '../../core/disposable.ts';
import { toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { placeOf } from './guards/protection.ts';
import type { Plan } from './plan.ts';
import type { Runs } from './runs.ts';
import { wayBackAt } from './way-back.ts';

/** Later than this it is asked about: the world may have got used to the change. */
const latestMs = 5 * 60_000;
/** For making the plan of the way back. */
const patienceMs = 60_000;
/** After a question that nobody answered, and after one that another window asks. */
const againMs = 10 * 60_000;

/** Whoever sits at the window. */
export interface WayBackPeople {
  /** It is taken back now, by this plan; or it was, with this trouble. */
  tell(undo: Plan, trouble?: string): void;
  /** The plan was to be taken back and is not, for this reason. Undefined: no answer. */
  ask(plan: Plan, why: string): Promise<'plan' | 'keep' | undefined>;
  /** Shows the plan that takes it back, whatever has changed since: a person confirms it. */
  plan(planId: string): Promise<void>;
}

export interface WayBackPorts {
  readonly runs: Pick<
    Runs,
    'all' | 'get' | 'onDidChange' | 'claim' | 'obstacle' | 'planUndo' | 'confirm' | 'discard' | 'keep'
  >;
  readonly clock: Clock;
  readonly people: WayBackPeople;
}

/**
 * Takes back, when their time has come, the plans that were confirmed with a way back: through the same write path, and
 * in one window alone. What is locked, has changed since, was missed for long or does not work is asked about and not
 * done, again and again until it was taken back or a person keeps the change.
 */
export class WayBacks implements Disposable {
  readonly #ports: WayBackPorts;
  readonly #timers = new Map<string, Disposable>();
  readonly #stop = new AbortController();
  readonly #listener: Disposable;

  constructor(ports: WayBackPorts) {
    this.#ports = ports;
    this.#listener = ports.runs.onDidChange(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#stop.abort();
    joined([this.#listener, ...this.#timers.values()]).dispose();
  }

  /** One timer for each plan that has a way back ahead of it. */
  #look(): void {
    const { runs, clock } = this.#ports;
    for (const { plan } of runs.all) {
      const at = this.#timeOf(plan.id);
      if (at === undefined) {
        this.#timers.get(plan.id)?.dispose();
        this.#timers.delete(plan.id);
      } else if (!this.#timers.has(plan.id)) this.#wait(plan.id, at - clock.now());
    }
  }

  /** Undefined: it has none, or is over. */
  #timeOf(planId: string): number | undefined {
    const state = this.#ports.runs.get(planId);
    return state && wayBackAt(state);
  }

  #wait(planId: string, ms: number): void {
    const timer = this.#ports.clock.after(Math.max(0, ms), () => void this.#due(planId));
    this.#timers.set(planId, timer);
  }

  async #due(planId: string): Promise<void> {
    const why = await this.#attempt(planId).catch((error: unknown) => toJarvisError(error).message);
    if (why !== undefined && !this.#stop.signal.aborted) await this.#ask(planId, why);
    if (this.#timeOf(planId) !== undefined && !this.#stop.signal.aborted) this.#wait(planId, againMs);
  }

  /** @returns why a person has to see to it; undefined where nobody has to in this window */
  async #attempt(planId: string): Promise<string | undefined> {
    const { runs, clock } = this.#ports;
    if (!(await runs.claim(planId))) return undefined;
    // the claim may have told what another window did
    const [plan, at] = [runs.get(planId)?.plan, this.#timeOf(planId)];
    if (!plan || at === undefined) return undefined;
    const obstacle = runs.obstacle(placeOf(plan));
    if (obstacle) return obstacle.message;
    const late = clock.now() - at;
    return late > latestMs
      ? t('Its time was over {0} minutes ago.', Math.round(late / 60_000))
      : this.#takeBack(planId);
  }

  async #takeBack(planId: string): Promise<string | undefined> {
    const { runs, people } = this.#ports;
    const undo = await this.#planUndo(planId);
    const [problem] = undo.problems;
    if (problem) {
      runs.discard(undo.id);
      return problem.message;
    }
    people.tell(undo);
    const { phase, error } = await runs.confirm(undo.id);
    if (phase === 'verified') return undefined;
    const trouble = error?.message ?? t('Not all that was expected was seen.');
    if (this.#timeOf(planId) !== undefined) return trouble;
    people.tell(undo, trouble);
    return undefined;
  }

  async #planUndo(planId: string): Promise<Plan> {
    const { runs, clock } = this.#ports;
    const late = new AbortController();
    const timer = clock.after(patienceMs, () => late.abort());
    try {
      return await runs.planUndo(planId, AbortSignal.any([this.#stop.signal, late.signal]));
    } catch (error) {
      throw late.signal.aborted ? new Error(t('No plan could be made within {0} s.', patienceMs / 1000)) : error;
    } finally {
      timer.dispose();
    }
  }

  async #ask(planId: string, why: string): Promise<void> {
    const { runs, people } = this.#ports;
    const plan = runs.get(planId)?.plan;
    const answer = plan && (await people.ask(plan, why));
    if (answer === 'keep') await runs.keep(planId);
    if (answer === 'plan') await people.plan(planId);
  }
}
