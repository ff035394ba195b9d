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
    // The cluster's own numbers first: they are seconds old, CloudWatch's are minutes old.
    const source =
      subject &&
      this.#services.metrics.find((candidate) => candidate.id === 'metrics.k8s.io' && candidate.covers(subject));
    if (!subject || !source) return;
    const flight = (this.#flight = new AbortController());
    try {
      const data = await source.query(subject, { last: rangeSeconds }, flight.signal);
      if (this.#flight !== flight) return;
      this.data = data;
      this.#onChange();
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

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#flight?.abort();
    this.#flight = undefined;
  }
}
