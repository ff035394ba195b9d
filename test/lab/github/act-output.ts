import type { JobEvent } from '../../../src/practice/github/runner.ts';

/** A line of `act --json`, as far as it is read. */
interface ActLine {
  readonly msg?: string;
  readonly level?: string;
  readonly stage?: string;
  readonly stepID?: readonly string[];
  readonly stepResult?: string;
  readonly jobResult?: string;
  readonly raw_output?: boolean;
}

/** Turns act's JSON lines into job events. */
export class ActOutput {
  readonly #stepIds: readonly string[];
  readonly #tell: (event: JobEvent) => void;
  readonly #started = new Set<number>();
  /**
   * act reports a step's failure before the step's last output, which may even come when a later step runs; GitHub's log
   * has the failure after it. So the failures are told when nothing more can come.
   */
  readonly #failures = new Map<number, string>();
  #verdict: string | undefined;

  constructor(stepIds: readonly string[], tell: (event: JobEvent) => void) {
    this.#stepIds = stepIds;
    this.#tell = tell;
  }

  get jobSucceeded(): boolean {
    return this.#verdict === 'success';
  }

  line(text: string): void {
    const line = parsed(text);
    if (!line) {
      // after the verdict act only repeats it
      if (this.#verdict === undefined) this.#log(text);
      return;
    }
    this.#verdict = line.jobResult ?? this.#verdict;
    const step = line.stage === 'Main' ? this.#stepIds.indexOf(line.stepID?.[0] ?? '') : -1;
    if (step >= 0) this.#stepLine(step, line);
    else if (line.level === 'error') this.#log(`##[error]${line.msg ?? ''}`);
  }

  /** @param said what the steps said themselves, by step id, where act was not asked to tell it */
  end(said: ReadonlyMap<string, string> = new Map()): void {
    for (const [id, text] of said) if (text !== '') this.#log(text.replace(/\n$/, ''), this.#stepIds.indexOf(id));
    for (const [step, text] of this.#failures) this.#log(text, step);
    this.#failures.clear();
  }

  #stepLine(step: number, line: ActLine): void {
    const own = line.stepID?.length === 1;
    if (!this.#started.has(step)) {
      this.#started.add(step);
      this.#tell({ kind: 'stepStarted', step });
    }
    if (line.raw_output === true) this.#log((line.msg ?? '').replace(/\n$/, ''), step);
    else if (line.stepResult !== undefined && own) this.#tell({ kind: 'stepEnded', step, conclusion: result(line) });
    else if (line.level === 'error') this.#failures.set(step, failureText(line.msg ?? ''));
  }

  #log(line: string, step?: number): void {
    const where = step === undefined ? {} : { step };
    for (const each of line.split('\n')) this.#tell({ kind: 'log', ...where, line: each });
  }
}

function parsed(text: string): ActLine | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function result({ stepResult }: ActLine): 'success' | 'failure' | 'skipped' {
  return stepResult === 'success' || stepResult === 'skipped' ? stepResult : 'failure';
}

/** In GitHub's words. */
function failureText(message: string): string {
  const code = /exit ?(?:status|code '?)\s*(\d+)/.exec(message)?.[1];
  return `##[error]${code === undefined ? message : `Process completed with exit code ${code}.`}`;
}
