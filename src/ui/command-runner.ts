import { isCancelled, toJarvisError, type JarvisError } from '../core/errors.ts';
import type { Logger } from '../core/log.ts';

export interface CommandRunnerPorts {
  readonly log: Logger;
  /** Shows the error with its ways out; `retry` runs the command again. */
  readonly show: (error: JarvisError, retry: () => void) => void;
}

/** What every command goes through: it is logged, its error is shown once, cancelling is silent. */
export class CommandRunner {
  readonly #ports: CommandRunnerPorts;
  readonly #running = new Set<string>();

  constructor(ports: CommandRunnerPorts) {
    this.#ports = ports;
  }

  /** Never rejects; true when the work was done. With `single`, a call during a run of the same command does nothing. */
  async run(id: string, work: () => unknown, { single = false } = {}): Promise<boolean> {
    if (single && this.#running.has(id)) return false;
    this.#running.add(id);
    try {
      this.#ports.log.debug(id);
      await work();
      return true;
    } catch (error) {
      this.#failed(id, error, () => void this.run(id, work, { single }));
      return false;
    } finally {
      this.#running.delete(id);
    }
  }

  #failed(id: string, thrown: unknown, retry: () => void): void {
    if (isCancelled(thrown)) return;
    const error = toJarvisError(thrown);
    this.#ports.log.error(`${id}: ${error.code} ${error.message}`, error.cause ?? error);
    this.#ports.show(error, retry);
  }
}
