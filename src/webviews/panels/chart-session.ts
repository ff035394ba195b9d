import { backoff, throwIfCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { isCancelled, JarvisError, type Remedy, toJarvisError } from '../../core/errors.ts';
import { currentBundle, t } from '../../core/l10n.ts';
import { failed, type Loadable, loading, errorOf, valueOf } from '../../core/loadable.ts';
import type { Logger } from '../../core/log.ts';
import type { ChartData, MetricSource } from '../../domain/metrics/model.ts';
import { type ChartPersisted, type ChartToHost, chartToHost, type ChartToView } from '../contract/chart.ts';
import type { Handlers, Send } from '../contract/message.ts';
import { receiver } from './channel.ts';
import { type Session, viewError } from './session.ts';

/** Sources cannot say more often than this anything new. */
const shortestPollMs = 5_000;

export interface ChartPorts {
  /** All sources there are; loaded at the first question. */
  sources(): Promise<readonly MetricSource[]>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: string;
  readonly send: Send<ChartToView>;
  saveCsv(data: ChartData): Promise<void>;
  savePng(data: ChartData, png: Uint8Array): Promise<void>;
  openUrl(url: string): Promise<void>;
  openAction(planId: string): Promise<void>;
  /** Carries out a way out of an error (`retry` is the session's own), and calls `retry` when it may help to. */
  runRemedy(remedy: Remedy, retry: () => void): Promise<void>;
}

/** One open chart: asks its source, again at every step while a live range is seen, and tells the page. */
export class ChartSession implements Session {
  readonly receive: Session['receive'];
  readonly #ports: ChartPorts;
  #view: ChartPersisted;
  #data: Loadable<ChartData> = loading;
  #sources: readonly MetricSource['id'][] = [];
  #flight: AbortController | undefined;
  #timer: Disposable | undefined;
  #visible = true;
  #attempt = 0;

  constructor(view: ChartPersisted, ports: ChartPorts) {
    this.#view = view;
    this.#ports = ports;
    this.receive = receiver(chartToHost, this.#handlers(), ports.log);
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    if (visible) this.#schedule();
    else this.#stop();
  }

  dispose(): void {
    this.#visible = false;
    this.#stop();
  }

  #handlers(): Handlers<ChartToHost> {
    const ports = this.#ports;
    return {
      ready: () => this.#ready(),
      setRange: ({ range }) => this.#change({ ...this.#view, range }),
      setSource: ({ source }) => this.#change({ ...this.#view, source }),
      remedy: async ({ index }) => {
        const remedy = errorOf(this.#data)?.remedies[index];
        if (remedy?.kind === 'retry') await this.#load();
        else if (remedy) await ports.runRemedy(remedy, () => void this.#load());
      },
      openLink: async ({ index }) => {
        const link = valueOf(this.#data)?.links[index];
        if (link) await ports.openUrl(link.url);
      },
      openMarker: async ({ index }) => {
        const planId = valueOf(this.#data)?.markers[index]?.planId;
        if (planId !== undefined) await ports.openAction(planId);
      },
      exportCsv: async () => {
        const data = valueOf(this.#data);
        if (data) await ports.saveCsv(data);
      },
      exportPng: async ({ png }) => {
        const data = valueOf(this.#data);
        if (data) await ports.savePng(data, Buffer.from(png.slice(png.indexOf(',') + 1), 'base64'));
      },
    };
  }

  /** A page that was made anew knows nothing: it gets all, and the clock of the polls goes on. */
  async #ready(): Promise<void> {
    this.#ports.send('init', {
      bundle: currentBundle(),
      language: this.#ports.language,
      persisted: this.#view,
    });
    this.#tell(false);
    if (this.#data.state === 'loading') await this.#load();
    else this.#schedule();
  }

  async #change(view: ChartPersisted): Promise<void> {
    this.#view = view;
    this.#data = loading;
    await this.#load();
  }

  async #load({ quiet = false } = {}): Promise<void> {
    this.#stop();
    if (!quiet) this.#tell(true);
    const flight = new AbortController();
    this.#flight = flight;
    try {
      const value = await this.#query(flight.signal);
      if (this.#flight !== flight) return;
      this.#data = { state: 'ready', value, at: this.#ports.clock.now() };
      this.#attempt = 0;
    } catch (error) {
      if (this.#flight !== flight || isCancelled(error)) return;
      this.#data = failed(this.#data, this.#note(error), this.#ports.clock.now());
      this.#attempt++;
    }
    this.#flight = undefined;
    this.#tell(false);
    this.#schedule();
  }

  async #query(signal: AbortSignal): Promise<ChartData> {
    const sources = (await this.#ports.sources()).filter((source) => source.covers(this.#view.subject));
    throwIfCancelled(signal);
    this.#sources = sources.map(({ id }) => id);
    const source = sources.find(({ id }) => id === this.#view.source) ?? sources[0];
    if (!source) throw noSource();
    return source.query(this.#view.subject, this.#view.range, signal);
  }

  #note(error: unknown): JarvisError {
    const known = toJarvisError(error);
    this.#ports.log.warn(`${known.code}: ${known.message}`, known.cause);
    return known;
  }

  /** The next look, when the range is live and somebody sees it: at the data's own step, or backed off after failures. */
  #schedule(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!this.#visible || this.#flight || this.#data.state === 'loading' || !('last' in this.#view.range)) return;
    this.#timer = this.#ports.clock.after(this.#wait(), () => void this.#load({ quiet: true }));
  }

  #wait(): number {
    if (this.#data.state !== 'ready') return backoff(this.#attempt, { base: shortestPollMs, cap: 60_000 });
    const step = Math.max(shortestPollMs, this.#data.value.stepSeconds * 1000);
    return Math.max(0, this.#data.at + step - this.#ports.clock.now());
  }

  #stop(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    this.#flight?.abort();
    this.#flight = undefined;
  }

  #tell(busy: boolean): void {
    const data = this.#data;
    const value = valueOf(data);
    const error = errorOf(data);
    this.#ports.send('chart', {
      persisted: this.#view,
      sources: this.#sources,
      loading: busy,
      ...(value && { data: value }),
      ...(data.state === 'ready' && { at: data.at }),
      ...(data.state === 'stale' && { staleSince: data.since }),
      ...(error && { error: viewError(error) }),
    });
  }
}

function noSource(): JarvisError {
  return new JarvisError({
    code: 'metrics.noSource',
    message: t('No metric source knows this object. Configure an AWS scope, or install metrics-server in the cluster.'),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }, { kind: 'retry' }],
  });
}
