import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { oneLine } from '../../core/text.ts';
import type { Work } from '../work.ts';
import { helmEnvironment } from './environment.ts';
import { LogTail } from './log-tail.ts';
import { withPrivateFolder } from './private-folder.ts';

export interface HelmOptions {
  /** A name to be found in the PATH, or a path; empty: `helm`. */
  readonly command: () => string;
  readonly env: NodeJS.ProcessEnv;
}

/** Which release goes back to what, where. */
export interface Rollback {
  /** A kubeconfig whose one context is `context`. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly namespace: string;
  readonly release: string;
  readonly revision: number;
}

/** For what takes a moment. */
const defaultPatienceMs = 10_000;
/** Helm's own default for hooks (`--timeout`), said so that it stays what the plan foretells. */
const hookTimeoutMinutes = 5;

/** The user's own `helm`: 3 or 4. */
export class HelmCli {
  readonly #options: HelmOptions;
  readonly #patienceMs: number;

  constructor(options: HelmOptions, patienceMs = defaultPatienceMs) {
    this.#options = options;
    this.#patienceMs = patienceMs;
  }

  get #command(): string {
    return this.#options.command().trim() || 'helm';
  }

  /** As it tells it: `v3.21.4`. @throws JarvisError helm.missing, helm.failed, helm.unsupported (neither 3 nor 4) */
  async version(signal: AbortSignal): Promise<string> {
    const said = await this.#output(['version', '--template', '{{.Version}}'], signal);
    const version = oneLine(said.trim().slice(0, 100));
    if (/^v?[34]\./.test(version)) return version;
    throw new JarvisError({
      code: 'helm.unsupported',
      message: t('{0} is "{1}"; Jarvis knows how to use Helm 3 and 4.', this.#command, version),
      remedies: ways,
    });
  }

  /**
   * `helm rollback`, in a process of its own that outlives this window: what it prints goes to a file.
   * @returns work that rejects with JarvisError helm.failed, and with CancelledError after it was stopped
   * @throws JarvisError helm.missing
   */
  async rollback(what: Rollback): Promise<Work<void>> {
    const started = Promise.withResolvers<{ readonly child: ChildProcess; readonly log: LogTail }>();
    let stopped = false;
    const end = withPrivateFolder(async (folder) => {
      const kubeconfig = join(folder, 'kubeconfig');
      await writeFile(kubeconfig, what.kubeconfig, { mode: 0o600 });
      const log = await LogTail.start(join(folder, 'log'));
      try {
        const child = await this.#spawn(rollbackArguments(what, kubeconfig), log.path);
        started.resolve({ child, log });
        const code = await exitCode(child);
        await log.read();
        if (code !== 0) throw stopped ? new CancelledError() : failed('helm rollback', log.lines);
      } finally {
        log.dispose();
      }
    });
    // what fails before it has begun fails here
    end.catch((error: unknown) => started.reject(error));
    const { child, log } = await started.promise;
    return {
      get said() {
        return log.lines;
      },
      onDidSay: log.onDidSay,
      done: end,
      stop() {
        stopped = true;
        interrupt(child);
      },
    };
  }

  async #spawn(args: readonly string[], log: string): Promise<ChildProcess> {
    const output = await open(log, 'a', 0o600);
    try {
      const stdio = ['ignore', output.fd, output.fd] as const;
      const env = helmEnvironment(this.#options.env);
      const child = spawn(this.#command, args, { env, stdio: [...stdio], detached: true, windowsHide: true });
      child.unref();
      await once(child, 'spawn').catch((error: unknown) => {
        throw this.#unusable(error);
      });
      return child;
    } finally {
      await output.close();
    }
  }

  #output(args: readonly string[], signal: AbortSignal): Promise<string> {
    const options = { env: helmEnvironment(this.#options.env), timeout: this.#patienceMs, signal, windowsHide: true };
    return new Promise((resolve, reject) => {
      execFile(this.#command, args, options, (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (signal.aborted) reject(new CancelledError());
        else if (typeof error.code === 'string') reject(this.#unusable(error));
        else if (error.killed === true) reject(this.#late());
        else reject(failed(`helm ${args[0] ?? ''}`, stderr.split('\n')));
      });
    });
  }

  #late(): JarvisError {
    const message = t('{0} has not answered for {1} s.', this.#command, this.#patienceMs / 1000);
    return new JarvisError({ code: 'helm.failed', message, remedies: ways });
  }

  #unusable(cause: unknown): JarvisError {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const command = this.#command;
    const message = isMissing
      ? t('{0} is not installed, or not in the PATH: this route rolls back with your own Helm.', command)
      : t('{0} cannot be started: {1}', command, cause instanceof Error ? cause.message : String(cause));
    return new JarvisError({ code: 'helm.missing', message, cause, remedies: ways });
  }
}

/** Everything is said, nothing is left to defaults or to the environment. */
function rollbackArguments({ context, namespace, release, revision }: Rollback, kubeconfig: string): string[] {
  const where = ['--kubeconfig', kubeconfig, '--kube-context', context, '--namespace', namespace];
  return ['rollback', ...where, '--timeout', `${hookTimeoutMinutes}m`, '--debug', '--', release, String(revision)];
}

/** Null: a signal ended it. */
async function exitCode(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** The program and what it has started: a script may stand before Helm, and Helm starts plugins that sign in. */
function interrupt(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') child.kill();
  else process.kill(-child.pid, 'SIGINT');
}

const ways = [
  { kind: 'openSetting', setting: 'jarvis.helm.path' },
  { kind: 'openUrl', url: 'https://helm.sh/docs/intro/install/' },
  { kind: 'retry' },
] as const;

/** Helm says last what went wrong. */
function failed(what: string, lines: readonly string[]): JarvisError {
  const last = lines.findLast((line) => /^error:/i.test(line)) ?? lines.findLast((line) => line.trim() !== '') ?? '';
  const reason = oneLine(last.replace(/^error:\s*/i, '').slice(0, 500));
  return new JarvisError({
    code: 'helm.failed',
    message: t('{0} failed: {1}', what, reason || t('it gave no reason')),
  });
}
