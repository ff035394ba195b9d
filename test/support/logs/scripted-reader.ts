import { CancelledError, JarvisError } from '../../../src/core/errors.ts';
import type { LogQuery, LogReader, LogSink } from '../../../src/domain/logs/reader.ts';

/** A reader of logs whose answers a test gives, piece by piece. */
export class ScriptedReader implements LogReader {
  readonly answers: ScriptedAnswer[] = [];

  logs(query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
    const answer = new ScriptedAnswer(query, sink, signal);
    this.answers.push(answer);
    return answer.result;
  }

  /** Those under way. */
  get open(): readonly ScriptedAnswer[] {
    return this.answers.filter(({ isOver }) => !isOver);
  }

  /** The newest answer to a question about that pod. */
  of(pod: string): ScriptedAnswer {
    const answer = this.answers.findLast(({ query }) => query.pod === pod);
    if (!answer) throw new Error(`nobody asked for the log of ${pod}`);
    return answer;
  }
}

export class ScriptedAnswer {
  readonly query: LogQuery;
  readonly result: Promise<string>;
  isOver = false;
  readonly #sink: LogSink;
  readonly #settle = Promise.withResolvers<string>();

  constructor(query: LogQuery, sink: LogSink, signal: AbortSignal) {
    this.query = query;
    this.#sink = sink;
    this.result = this.#settle.promise;
    signal.addEventListener('abort', () => this.fail(new CancelledError()));
  }

  /** Lines with their time in front; the first of them open the answer. */
  say(...lines: readonly string[]): this {
    if (this.isOver) throw new Error('the answer is over');
    this.#sink.open();
    if (lines.length > 0) this.#sink.lines(lines);
    return this;
  }

  /** The server ends the answer. */
  end(rest = ''): void {
    this.isOver = true;
    this.#settle.resolve(rest);
  }

  fail(error: Error): void {
    this.isOver = true;
    this.#settle.reject(error);
  }

  /** The connection breaks. */
  cut(): void {
    this.fail(new JarvisError({ code: 'kube.unreachable', message: 'socket hang up' }));
  }
}

/** A line as the server gives it, said so many ms after nine o'clock. */
export function said(ms: number, text: string): string {
  return `${new Date(Date.parse('2026-11-21T09:00:00Z') + ms).toISOString().replace('Z', '000000Z')} ${text}`;
}

/** Answers as a kubelet does from a log that grows: `sinceTime` to the second, then the last lines. */
export function answerFrom(log: readonly string[], { sinceTime, tailLines }: LogQuery): readonly string[] {
  const since = sinceTime === undefined ? log : log.filter((line) => line >= sinceTime.replace('Z', '.000000000Z'));
  return since.slice(-(tailLines ?? Infinity));
}
