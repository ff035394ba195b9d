/**
 * What runs a job of a workflow: act in the lab, a script in the practice mode. The server keeps everything else that
 * GitHub does around it (queue, gates, concurrency, needs, conclusions).
 */
export interface WorkflowRunner {
  /**
   * Runs one job to its end, telling its steps as they go.
   * @returns the job's own verdict; after a cancel the server says `cancelled` whatever is returned.
   */
  run(order: JobOrder, onEvent: (event: JobEvent) => void, stop: StopSignals): Promise<'success' | 'failure'>;
}

export interface JobOrder {
  /** The repository's folder; `actions/checkout` copies it. */
  readonly workTree: string;
  /** Path of the workflow file in the repository, for example `.github/workflows/scale.yml`. */
  readonly file: string;
  /** YAML of a workflow that holds this one job, without what the server does itself (needs, if, gates). */
  readonly workflow: string;
  readonly jobId: string;
  readonly actor: string;
  /** The payload of `github.event`. */
  readonly event: Readonly<Record<string, unknown>>;
  /** `GITHUB_RUN_ID` and its like. */
  readonly env: Readonly<Record<string, string>>;
}

/** `step` is the index among the job's own steps, from 0. A line may come when a later step runs already. */
export type JobEvent =
  | { readonly kind: 'stepStarted'; readonly step: number }
  | { readonly kind: 'stepEnded'; readonly step: number; readonly conclusion: StepConclusion }
  | { readonly kind: 'log'; readonly step?: number; readonly line: string };

export type StepConclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

export interface StopSignals {
  /** Steps are stopped, `if: always()` steps still run. */
  readonly cancel: AbortSignal;
  /** Everything ends now. */
  readonly kill: AbortSignal;
}
