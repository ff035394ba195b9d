import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { isCancelled } from '../../core/errors.ts';
import type { ChartData, ChartSubject } from '../../domain/metrics/model.ts';
import type { Services } from '../../services.ts';

const stepMs = 5_000;
const rangeSeconds = 15 * 60;

/** The metric of a running plan, asked again every few seconds while its page is seen. */
export class LiveChart implements Disposable {
  readonly #services: Services;
  readonly #subject: () => ChartSubject | undefined;
  readonly #onChange: () => void;
  readonly #owned = new DisposableStore();
  #timer: Disposable | undefined;
  #flight: AbortController | undefined;
  #visible = true;
  data: ChartData | undefined;

  constructor(services: Services, subject: () => ChartSubject | undefined, onChange: () => void) {
    this.#services = services;
    this.#subject = subject;
    this.#onChange = onChange;
    this.refresh();
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.refresh();
    else this.#stop();
  }

  /** Asks now, unless a question is under way. */
  refresh(): void {
    if (this.#visible && !this.#flight && !this.#timer && !this.#owned.isDisposed) void this.#ask();
  }

  dispose(): void {
    this.#owned.dispose();
    this.#stop();
  }

  async #ask(): Promise<void> {
    const subject = this.#subject();
    if (!subject) return;
    const flight = (this.#flight = new AbortController());
    try {
      const data = await this.#query(subject, flight.signal);
      if (this.#flight !== flight) return;
      this.data = data;
      if (data) this.#onChange();
    } catch (error) {
      if (!isCancelled(error)) this.#services.log.warn('live chart', error);
    }
    if (this.#flight !== flight) return;
    this.#flight = undefined;
    this.#timer = this.#services.clock.after(stepMs, () => {
      this.#timer = undefined;
      this.refresh();
    });
  }

  /** The cluster's own numbers: they are seconds old, CloudWatch's are minutes old. */
  async #query(subject: ChartSubject, signal: AbortSignal): Promise<ChartData | undefined> {
    const sources = await this.#services.metrics();
    return sources.find(({ id }) => id === 'metrics.k8s.io')?.query(subject, { last: rangeSeconds }, signal);
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#flight?.abort();
    this.#flight = undefined;
  }
}
