import type { JarvisError } from '../../../src/core/errors.ts';
import { Emitter } from '../../../src/core/event.ts';
import type { Loadable } from '../../../src/core/loadable.ts';
import type { ChartData } from '../../../src/domain/metrics/model.ts';
import type { RunState } from '../../../src/domain/remediation/run-state.ts';
import type { ActionModel } from '../../../src/webviews/panels/action-model.ts';

/** A model whose state a test sets, and which writes down what it was asked for. */
export class ScriptedModel implements ActionModel {
  readonly #changes = new Emitter<'state' | 'chart'>();
  readonly onDidChange = this.#changes.event;
  readonly asked: string[] = [];
  /** Thrown by the next command. */
  failure: Error | undefined;
  obstacle: JarvisError | undefined;
  journal: Loadable<undefined> = { state: 'ready', value: undefined, at: 0 };
  visible = true;
  disposed = false;
  #state: RunState | undefined;
  #chart: ChartData | undefined;

  constructor(state: RunState | undefined, chart?: ChartData) {
    this.#state = state;
    this.#chart = chart;
  }

  get state(): RunState | undefined {
    return this.#state;
  }

  get chart(): ChartData | undefined {
    return this.#chart;
  }

  show(state: RunState): void {
    this.#state = state;
    this.#changes.fire('state');
  }

  read(journal: Loadable<undefined>): void {
    this.journal = journal;
    this.#changes.fire('state');
  }

  draw(chart: ChartData): void {
    this.#chart = chart;
    this.#changes.fire('chart');
  }

  setVisible(visible: boolean): void {
    this.visible = visible;
  }

  confirm = (): Promise<void> => this.#note('confirm');
  cancel = (): Promise<void> => this.#note('cancel');
  undo = (): Promise<void> => this.#note('undo');
  keep = (): Promise<void> => this.#note('keep');
  planAgain = (): Promise<void> => this.#note('planAgain');
  openDocument = (index: number): Promise<void> => this.#note(`document ${index}`);
  openChart = (): Promise<void> => this.#note('openChart');

  discard(): void {
    this.asked.push('discard');
  }

  dispose(): void {
    this.disposed = true;
    this.#changes.dispose();
  }

  async #note(what: string): Promise<void> {
    this.asked.push(what);
    const { failure } = this;
    this.failure = undefined;
    await Promise.resolve();
    if (failure) throw failure;
  }
}
