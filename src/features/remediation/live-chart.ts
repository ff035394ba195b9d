import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { isCancelled } from '../../core/errors.ts';
import type { ChartData, ChartSubject } from '../../domain/metrics/model.ts';
import type { Services } from '../../services.ts';

const stepMs = 5_000;
/** The chart begins this long before the plan was made, and is never shorter than five minutes. */
const beforeMs = 2 * 60_000;
const shortestMs = 5 * 60_000;

/** What is watched, and since when it matters (ms since the epoch). */
export interface Watched {
  readonly subject: ChartSubject;
  readonly since: number;
}

/** The metric of a running plan, asked again every few seconds while its page is seen. */
export class LiveChart implements Disposable {
  readonly #services: Services;
  readonly #watched: () => Watched | undefined;
  readonly #onChange: () => void;
  readonly #owned = new DisposableStore();
  #timer: Disposable | undefined;
  #flight: AbortController | undefined;
  #visible = true;
  data: ChartData | undefined;

  constructor(services: Services, watched: () => Watched | undefined, onChange: () => void) {
    this.#services = services;
    this.#watched = watched;
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
    const watched = this.#watched();
    if (!watched) return;
    const flight = (this.#flight = new AbortController());
    try {
      const data = await this.#query(watched, flight.signal);
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

  /** The cluster's own numbers: they are seconds old, CloudWatch's are minutes old. One line for all pods is enough here. */
  async #query({ subject, since }: Watched, signal: AbortSignal): Promise<ChartData | undefined> {
    const sources = await this.#services.metrics();
    const last = Math.max(shortestMs, this.#services.clock.now() - since + beforeMs) / 1000;
    const data = await sources.find(({ id }) => id === 'metrics.k8s.io')?.query(subject, { last }, signal);
    return data && { ...data, series: data.series.filter(({ id }) => !id.startsWith('pod:')) };
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#flight?.abort();
    this.#flight = undefined;
  }
}
