/** Which lines of one container are asked for. Source: PodLogOptions, core/v1. */
export interface LogQuery {
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** The run before this one. */
  readonly previous: boolean;
  readonly follow: boolean;
  readonly sinceSeconds?: number;
  /** RFC 3339. */
  readonly sinceTime?: string;
  readonly tailLines?: number;
}

/** Hears a log being read. */
export interface LogSink {
  /** The server has begun to answer. */
  open(): void;
  /** Whole lines, each with its time in front (`timestamps=true`). */
  lines(raw: readonly string[]): void;
}

export interface LogReader {
  /**
   * Reads until the server ends the answer: when all is read, or a followed container has ended.
   * @returns what came after the last end of a line: the last line of a container that ended, or half of one that was cut.
   * @throws JarvisError logs.waiting (the container has not started), logs.noPrevious, kube.*
   */
  logs(query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string>;
}
