/** A job's log as GitHub gives it: what a step said stands together, though it may have come when a later one ran. */
export class JobLog {
  /** What the runner says of the job, then each step's own; parts that nobody began are not there. */
  readonly #parts: string[][] = [[]];

  /** @param step index among the job's own steps; without it, behind all that is there */
  add(line: string, step?: number): void {
    const at = step === undefined ? this.#parts.length - 1 : step + 1;
    (this.#parts[at] ??= []).push(line);
  }

  get lines(): readonly string[] {
    return this.#parts.flat();
  }
}
