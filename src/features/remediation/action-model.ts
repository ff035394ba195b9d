import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import { JarvisError } from '../../core/errors.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { ChartData } from '../../domain/metrics/model.ts';
import { chartOf } from '../../domain/remediation/chart-of.ts';
import { placeOf } from '../../domain/remediation/guards/protection.ts';
import { isOutcome, type RunState } from '../../domain/remediation/run-state.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { confirm } from '../../ui/confirm.ts';
import { protectionSettings } from '../../ui/protection.ts';
import { onDidChangeSetting } from '../../ui/settings.ts';
import type { ActionModel } from '../../webviews/panels/action-model.ts';
import { confirmationOf } from './confirmation.ts';
import { LiveChart, type Watched } from './live-chart.ts';
import type { PlanDocuments } from './plan-documents.ts';
import { planAndShow, undoAndShow } from './plan-action.ts';

/** One plan's page over {@link Runs}: every button of the page ends in a call here. */
export class RunActionModel implements ActionModel {
  readonly #services: Services;
  readonly #planId: string;
  readonly #documents: PlanDocuments;
  readonly #changed = new Emitter<'state' | 'chart'>();
  readonly #owned = new DisposableStore();
  readonly #chart: LiveChart;
  readonly onDidChange = this.#changed.event;
  #visible = true;
  #watch: Disposable | undefined;

  constructor(services: Services, planId: string, documents: PlanDocuments) {
    this.#services = services;
    this.#documents = documents;
    this.#planId = planId;
    this.#chart = this.#owned.add(
      new LiveChart(
        services,
        () => this.#watched(),
        () => this.#changed.fire('chart'),
      ),
    );
    // no ids: the journal has been read
    this.#owned.add(services.runs.onDidChange((ids) => (ids.size === 0 || ids.has(planId)) && this.#tell()));
    this.#owned.add(onDidChangeSetting(protectionSettings, () => this.#tell()));
    this.#follow();
  }

  get state(): RunState | undefined {
    return this.#services.runs.get(this.#planId);
  }

  get journal(): Loadable<undefined> {
    return this.#services.runs.journal;
  }

  get chart(): ChartData | undefined {
    return this.#chart.data;
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#follow();
    this.#chart.setVisible(visible);
  }

  get obstacle(): JarvisError | undefined {
    const { state } = this;
    return state?.phase === 'planned' ? this.#services.runs.obstacle(placeOf(state.plan)) : undefined;
  }

  async confirm(): Promise<void> {
    this.#throwIfLocked();
    await confirm(confirmationOf(this.#plan));
    // an unlock may have ended before the question was answered
    this.#throwIfLocked();
    // The page follows the run by its states; the button has done its work once the answer is known.
    void this.#services.runs.confirm(this.#planId);
  }

  discard(): void {
    this.#services.runs.discard(this.#planId);
  }

  cancel(): Promise<void> {
    return this.#services.runs.cancel(this.#planId);
  }

  undo(): Promise<void> {
    return undoAndShow(this.#services, this.#planId);
  }

  keep(): Promise<void> {
    return this.#services.runs.keep(this.#planId);
  }

  planAgain(): Promise<void> {
    const { remediation, target, inputs, request, alarm, undoOf } = this.#plan;
    if (undoOf !== undefined) return undoAndShow(this.#services, undoOf);
    return planAndShow(this.#services, {
      remediation,
      pointer: target,
      inputs,
      route: request.route,
      ...(alarm && { alarm }),
    });
  }

  async openDocument(index: number): Promise<void> {
    const document = this.#plan.documents?.[index];
    if (document) await this.#documents.show(this.#planId, document);
  }

  openChart(): Promise<void> {
    const chart = chartOf(this.#plan.target);
    return executeCommand('jarvis.openChart', chart && { chart });
  }

  dispose(): void {
    this.#watch?.dispose();
    this.#owned.dispose();
    this.#changed.dispose();
  }

  get #plan() {
    const plan = this.state?.plan;
    if (plan) return plan;
    throw new JarvisError({ code: 'remediation.noPlan', message: t('There is no plan {0} any more.', this.#planId) });
  }

  /** The run would end at the same obstacle; here the plan stays open. */
  #throwIfLocked(): void {
    if (this.obstacle) throw this.obstacle;
  }

  /** A finished run's metric is history: the full chart shows it. */
  #watched(): Watched | undefined {
    const { state } = this;
    if (!state || isOutcome(state.phase)) return undefined;
    const subject = chartOf(state.plan.target);
    return subject && { subject, since: state.plan.createdAt };
  }

  /** The plan's object, as long as somebody may confirm the plan here. */
  #follow(): void {
    const open = this.#visible && this.state?.phase === 'planned';
    if (open) this.#watch ??= this.#services.runs.watch(this.#planId);
    else this.#watch?.dispose();
    if (!open) this.#watch = undefined;
  }

  #tell(): void {
    this.#follow();
    this.#changed.fire('state');
    this.#chart.refresh();
  }
}
