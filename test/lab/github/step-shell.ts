import { access, chmod, constants, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/**
 * The bash of a job's steps, which keeps what each of them says. act reads a step through a terminal that it closes as
 * soon as the step has failed, whether it has read everything or not, so that on a busy machine the last lines would be
 * lost. Source: nektos/act pkg/container/host_environment.go (exec: an error returns before the terminal is drained).
 */
export class StepShell {
  /** To be put before the steps' PATH. */
  readonly bin: string;
  readonly #said: string;

  private constructor(folder: string) {
    this.bin = join(folder, 'shell');
    this.#said = join(folder, 'said');
  }

  /** @param path the PATH on which the real bash is */
  static async make(folder: string, path: string): Promise<StepShell> {
    const shell = new StepShell(folder);
    await mkdir(shell.bin);
    await mkdir(shell.#said);
    const file = join(shell.bin, 'bash');
    await writeFile(file, script(await bashOn(path), shell.#said));
    await chmod(file, 0o755);
    return shell;
  }

  /** By the id under which act runs the step; only steps that have run in bash. */
  async said(): Promise<ReadonlyMap<string, string>> {
    const ids = await readdir(this.#said);
    return new Map(
      await Promise.all(ids.map(async (id) => [id, await readFile(join(this.#said, id), 'utf8')] as const)),
    );
  }
}

/** A bash that a step starts itself is none of a step's own. */
function script(bash: string, said: string): string {
  return `#!/bin/sh
if [ -n "$STEP_IS_HEARD" ]; then exec '${bash}' "$@"; fi
export STEP_IS_HEARD=yes
exec '${bash}' "$@" > '${said}'/"$GITHUB_ACTION" 2>&1
`;
}

async function bashOn(path: string): Promise<string> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, 'bash');
    const runs = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return file;
  }
  throw new Error('There is no bash on the PATH.');
}
