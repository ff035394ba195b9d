import { type Disposable, joined } from '../../core/disposable.ts';
import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Plan } from '../../domain/remediation/plan.ts';
import type { RunState } from '../../domain/remediation/run-state.ts';
import { wayBackAt } from '../../domain/remediation/way-back.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { showError } from '../../ui/errors.ts';
import { notice } from '../../ui/notice.ts';
import { timeOfDay } from '../../ui/time.ts';
import { planAndShow } from './plan-action.ts';

/** Whoever comes back to the window later than this is asked: the world may have got used to the change. */
const latestMs = 5 * 60_000;
const patienceMs = 60_000;

/**
 * Takes back, when their time has come, the plans that were confirmed with a way back: through the same write path, and
 * with a word to whoever sits here. What has changed since, or was missed for long, is asked about and not done.
 */
export class WayBacks implements Disposable {
  readonly #services: Services;
  readonly #timers = new Map<string, Disposable>();
  readonly #stop = new AbortController();
  readonly #listener: Disposable;

  constructor(services: Services) {
    this.#services = services;
    this.#listener = services.runs.onDidChange(() => this.#look());
    this.#look();
  }

  dispose(): void {
    this.#stop.abort();
    joined([this.#listener, ...this.#timers.values()]).dispose();
  }

  /** One timer for each plan that has a way back ahead of it. */
  #look(): void {
    const { runs, clock } = this.#services;
    for (const state of runs.all) {
      const at = wayBackAt(state);
      const { id } = state.plan;
      if (at === undefined) {
        this.#timers.get(id)?.dispose();
        this.#timers.delete(id);
      } else if (!this.#timers.has(id))
        this.#timers.set(
          id,
          clock.after(Math.max(0, at - clock.now()), () => void this.#due(id, at)),
        );
    }
  }

  async #due(planId: string, at: number): Promise<void> {
    const { runs, clock } = this.#services;
    const state = runs.get(planId);
    if (!state || wayBackAt(state) === undefined || !(await runs.claim(planId))) return;
    const { title } = state.plan;
    if (clock.now() - at > latestMs)
      await this.#ask(state, t('“{0}” was to be taken back at {1}, while nobody was here.', title, timeOfDay(at)));
    else await this.#takeBack(state);
  }

  async #takeBack(state: RunState): Promise<void> {
    const signal = AbortSignal.any([this.#stop.signal, AbortSignal.timeout(patienceMs)]);
    try {
      const undo = await this.#services.runs.planUndo(state.plan.id, signal);
      const [problem] = undo.problems;
      if (problem) {
        await this.#ask(state, problem.message);
        return;
      }
      void this.#tell(undo);
      // production may be locked by now, for instance
      const { error } = await this.#services.runs.confirm(undo.id);
      if (error) await this.#ask(state, error.message);
    } catch (error) {
      if (isCancelled(error)) return;
      const known = toJarvisError(error);
      if (known.code === 'remediation.changedSince') await this.#ask(state, known.message);
      else await showError(known, () => void this.#takeBack(state));
    }
  }

  async #tell({ id, title }: Plan): Promise<void> {
    const show = { title: t('Show') };
    if (await notice('information', t('The time is over: {0}', title), [show]))
      await executeCommand('jarvis.openAction', { planId: id });
  }

  /** What a person answers becomes a plan that waits for a confirmation, or the end of the timer. */
  async #ask({ plan }: RunState, why: string): Promise<void> {
    const [planIt, keep] = [{ title: t('Plan It…') }, { title: t('Keep the Change') }];
    const { remediation, target, inverse, request } = plan;
    if ('impossible' in inverse) return;
    const answer = await notice('warning', why, [planIt, keep]);
    if (answer === keep) await this.#services.runs.keep(plan.id);
    if (answer === planIt)
      await planAndShow(this.#services, { remediation, pointer: target, inputs: inverse.inputs, route: request.route });
  }
}
