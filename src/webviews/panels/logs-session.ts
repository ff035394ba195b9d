import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { type JarvisError, type Remedy, toJarvisError } from '../../core/errors.ts';
import { currentBundle } from '../../core/l10n.ts';
import type { Logger } from '../../core/log.ts';
import { asText } from '../../domain/logs/as-text.ts';
import { keptLines } from '../../domain/logs/buffer.ts';
import { compile } from '../../domain/logs/filter.ts';
import type { LogFollow } from '../../domain/logs/follow.ts';
import type { LogLine } from '../../domain/logs/line.ts';
import { type LogSource, labelOf } from '../../domain/logs/source.ts';
import {
  type LogsPersisted,
  type LogsStatus,
  type LogsToHost,
  logsToHost,
  type LogsToView,
  type Shown,
  type ShownSource,
} from '../contract/logs.ts';
import type { Handlers, Send } from '../contract/message.ts';
import { receiver } from './channel.ts';
import { type Session, viewError } from './session.ts';

/** The page is told at most this often, ms, of at most so many lines. */
const tellEveryMs = 100;
const mostLines = 5000;

export interface LogsPorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: string;
  readonly send: Send<LogsToView>;
  /** Begins to read. @throws JarvisError kube.contextMissing */
  follow(view: LogsPersisted): LogFollow;
  copy(text: string): Promise<void>;
  save(name: string, text: string): Promise<void>;
  /** Carries out a way out of an error (`retry` is the session's own). */
  runRemedy(remedy: Remedy, retry: () => void): Promise<void>;
}

/** One open log page: follows, and tells the page what is new while it is seen. */
export class LogsSession implements Session {
  readonly receive: Session['receive'];
  readonly #ports: LogsPorts;
  #view: LogsPersisted;
  #follow: LogFollow | undefined;
  #listener: Disposable | undefined;
  #failure: JarvisError | undefined;
  #timer: Disposable | undefined;
  /** The next line to tell of. */
  #next = 0;
  /** The page is there, and somebody sees it. */
  #ready = false;
  #visible = true;
  #told = '';

  constructor(view: LogsPersisted, ports: LogsPorts) {
    this.#view = view;
    this.#ports = ports;
    this.receive = receiver(logsToHost, this.#handlers(), ports.log);
  }

  /** Nothing is read while nobody looks; it goes on where it was. */
  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#follow?.setVisible(visible);
    if (visible) this.#soon();
    else this.#rest();
  }

  dispose(): void {
    this.#ready = false;
    this.#rest();
    this.#end();
  }

  #handlers(): Handlers<LogsToHost> {
    return {
      ready: () => this.#begin(),
      setOptions: (options) => {
        this.#view = { object: this.#view.object, ...options };
        this.#restart();
      },
      pause: () => this.#follow?.pause(),
      resume: () => this.#follow?.resume(),
      clear: () => this.#follow?.clear(),
      copy: (shown) => this.#ports.copy(this.#textOf(shown)),
      save: (shown) => this.#ports.save(this.#view.object.name, this.#textOf(shown)),
      remedy: async ({ index }) => {
        const remedy = this.#error?.remedies[index];
        if (remedy?.kind === 'retry') this.#restart();
        else if (remedy) await this.#ports.runRemedy(remedy, () => this.#restart());
      },
    };
  }

  /** A page that was made anew knows nothing: it gets all that is kept. */
  #begin(): void {
    this.#ready = true;
    this.#told = '';
    this.#next = this.#follow?.buffer.first ?? 0;
    this.#ports.send('init', {
      bundle: currentBundle(),
      language: this.#ports.language,
      persisted: this.#view,
    });
    if (!this.#follow) this.#restart();
    this.#tell();
  }

  /** What was read under other options goes. */
  #restart(): void {
    this.#end();
    this.#next = 0;
    this.#ports.send('lines', { from: 0, lines: [], first: 0 });
    try {
      this.#follow = this.#ports.follow(this.#view);
      this.#follow.setVisible(this.#visible);
      this.#listener = this.#follow.onDidChange(() => this.#soon());
      this.#failure = undefined;
    } catch (error) {
      this.#failure = toJarvisError(error);
    }
    this.#soon();
  }

  #end(): void {
    this.#listener?.dispose();
    this.#follow?.dispose();
    this.#follow = undefined;
  }

  get #error(): JarvisError | undefined {
    return this.#failure ?? this.#follow?.error;
  }

  #soon(): void {
    if (!this.#ready || !this.#visible) return;
    this.#timer ??= this.#ports.clock.after(tellEveryMs, () => this.#tell());
  }

  #rest(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
  }

  #tell(): void {
    this.#rest();
    if (!this.#visible) return;
    this.#tellStatus();
    const buffer = this.#follow?.buffer;
    if (!buffer) return;
    const from = Math.max(this.#next, buffer.first);
    const lines = buffer.slice(from, from + mostLines);
    this.#next = from + lines.length;
    this.#ports.send('lines', {
      from,
      lines: lines.map(({ source, at, text }) => [source, at, text]),
      first: buffer.first,
    });
    if (this.#next < buffer.end) this.#soon();
  }

  /** Only what has changed: lines alone change nothing here. */
  #tellStatus(): void {
    const status = this.#status();
    const words = JSON.stringify(status);
    if (words !== this.#told) this.#ports.send('status', status);
    this.#told = words;
  }

  #status(): LogsStatus {
    const error = this.#error;
    return {
      persisted: this.#view,
      paused: this.#follow?.isPaused ?? false,
      known: this.#follow?.isKnown ?? false,
      sources: this.#sources(),
      leftOut: this.#follow?.leftOut ?? 0,
      dropped: this.#follow?.buffer.dropped ?? 0,
      kept: keptLines,
      ...(error && { error: viewError(error) }),
    };
  }

  #sources(): readonly ShownSource[] {
    const sources: readonly LogSource[] = this.#follow?.sources ?? [];
    const several = new Set(sources.map(({ container }) => container)).size > 1;
    return sources.map((source) => {
      const { pod, container, state } = source;
      return { pod, container, state, label: labelOf(source, this.#view.object, several) };
    });
  }

  #textOf({ filter, timestamps }: Shown): string {
    const buffer = this.#follow?.buffer;
    const matcher = compile(filter);
    const all: readonly LogLine[] = buffer?.slice(buffer.first, buffer.end) ?? [];
    const lines = 'problem' in matcher ? all : all.filter(({ text }) => matcher.matches(text));
    return asText(lines, { timestamps, labels: this.#sources().map(({ label }) => label) });
  }
}
