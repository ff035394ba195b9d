import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, JarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import { helmEnvironment } from './environment.ts';
import { LogTail } from './log-tail.ts';
import { withPrivateFolder } from './private-folder.ts';

export interface HelmOptions {
  /** A name to be found in the PATH, or a path. */
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

/** Helm at work, in a process of its own that outlives this window. */
export interface HelmWork {
  /** The last lines that it said, oldest first. */
  readonly said: readonly string[];
  readonly onDidSay: Event<undefined>;
  /** @throws JarvisError helm.failed, helm.missing; CancelledError after {@link stop} */
  readonly done: Promise<void>;
  /** Ends it where it stands: Helm takes nothing back. */
  stop(): void;
}

const patienceMs = 10_000;
/** Helm's own default for hooks (`--timeout`), said so that it stays what the plan foretells. */
const hookTimeoutMinutes = 5;

/** The user's own `helm`: 3 or 4. */
export class HelmCli {
  readonly #options: HelmOptions;

  constructor(options: HelmOptions) {
    this.#options = options;
  }

  /** As it tells it: `v3.21.4`. @throws JarvisError helm.missing, helm.failed, helm.unsupported (neither 3 nor 4) */
  async version(signal: AbortSignal): Promise<string> {
    const said = await this.#output(['version', '--template', '{{.Version}}'], signal);
    const version = said.trim().slice(0, 100);
    if (/^v?[34]\./.test(version)) return version;
    throw new JarvisError({
      code: 'helm.unsupported',
      message: t('{0} is "{1}"; Jarvis knows how to use Helm 3 and 4.', this.#options.command(), version),
      remedies: ways,
    });
  }

  /** `helm rollback`. What it prints goes to a file, so that a window that closes does not end it half-way. */
  async rollback(what: Rollback): Promise<HelmWork> {
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
        child.kill('SIGINT');
      },
    };
  }

  async #spawn(args: readonly string[], log: string): Promise<ChildProcess> {
    const output = await open(log, 'a', 0o600);
    try {
      const stdio = ['ignore', output.fd, output.fd] as const;
      const env = helmEnvironment(this.#options.env);
      const child = spawn(this.#options.command(), args, { env, stdio: [...stdio], detached: true, windowsHide: true });
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
    const options = { env: helmEnvironment(this.#options.env), timeout: patienceMs, signal, windowsHide: true };
    return new Promise((resolve, reject) => {
      execFile(this.#options.command(), args, options, (error, stdout, stderr) => {
        if (!error) resolve(stdout);
        else if (signal.aborted) reject(new CancelledError());
        else if (typeof error.code === 'string') reject(this.#unusable(error));
        else reject(failed(`helm ${args[0] ?? ''}`, stderr.split('\n')));
      });
    });
  }

  #unusable(cause: unknown): JarvisError {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const command = this.#options.command();
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

const ways = [
  { kind: 'openSetting', setting: 'jarvis.helm.path' },
  { kind: 'openUrl', url: 'https://helm.sh/docs/intro/install/' },
  { kind: 'retry' },
] as const;

/** Helm says last what went wrong. */
function failed(what: string, lines: readonly string[]): JarvisError {
  const reason = lines.findLast((line) => /^error:/i.test(line)) ?? lines.findLast((line) => line.trim() !== '') ?? '';
  return new JarvisError({
    code: 'helm.failed',
    message: t('{0} failed: {1}', what, reason.replace(/^error:\s*/i, '').slice(0, 500)),
  });
}
