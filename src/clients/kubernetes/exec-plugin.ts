import { type ExecFileException, execFile } from 'node:child_process';
import { sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { CancelledError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { isRecord, text } from './kubeconfig.ts';

/** A credential plugin as it is started. */
export interface ExecCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** What the kubeconfig says to those who do not have it. */
  readonly installHint: string;
}
/** `status` of client.authentication.k8s.io ExecCredential; certificate and key are PEM texts. */
export interface ExecCredential {
  readonly token: string;
  readonly clientCertificateData: string;
  readonly clientKeyData: string;
}

/** So long a plugin is waited for in silence. */
const patienceMs = 20_000;
/** It may have opened a browser to sign in: it is not ended before this, and its late answer is used. */
const longestMs = 180_000;

interface Run {
  readonly answer: Promise<ExecCredential>;
  readonly stop: AbortController;
}

/** One process at a time: who asks again after having lost patience joins the one that runs, or takes its answer. */
export class ExecPlugin {
  readonly #clock: Clock;
  #run: Run | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @throws Error that says what is wrong with the plugin, by its name; CancelledError on the signal, which ends it */
  async ask(command: ExecCommand, signal: AbortSignal): Promise<ExecCredential> {
    const run = (this.#run ??= this.#start(command));
    const stop = () => this.stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const answer = await this.#patiently(run.answer, command);
      if (this.#run === run) this.#run = undefined;
      return answer;
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  /** Ends the process, if one runs. */
  stop(): void {
    this.#run?.stop.abort();
    this.#run = undefined;
  }

  #start(command: ExecCommand): Run {
    const stop = new AbortController();
    const limit = this.#clock.after(longestMs, () => stop.abort());
    const run = { answer: answerOf(command, stop.signal).finally(() => limit.dispose()), stop };
    run.answer.catch(() => {
      if (this.#run === run) this.#run = undefined;
    });
    return run;
  }

  async #patiently<T>(work: Promise<T>, { command }: ExecCommand): Promise<T> {
    const waiting = new AbortController();
    const patience = sleep(this.#clock, patienceMs, waiting.signal).then(() => {
      throw new Error(t('{0} has not answered for {1} seconds.', command, patienceMs / 1000));
    });
    try {
      return await Promise.race([work, patience]);
    } finally {
      patience.catch(() => undefined);
      waiting.abort();
    }
  }
}

/** What it prints is never repeated in an error: it may be half a token. */
async function answerOf(command: ExecCommand, signal: AbortSignal): Promise<ExecCredential> {
  const credential = credentialIn(await outputOf(command, signal));
  if (credential) return credential;
  throw new Error(t('{0} answered with something that is no credential.', command.command));
}

function outputOf({ command, args, env, installHint }: ExecCommand, signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile(command, args, { env, signal, windowsHide: true }, (error, stdout, stderr) => {
      if (!error) resolve(stdout);
      else if (signal.aborted) reject(new CancelledError());
      else reject(new Error(reasonOf(command, error, stderr), installHint ? { cause: new Error(installHint) } : {}));
    });
    // who reads from it learns that nobody is there to type
    child.stdin?.on('error', () => undefined).end();
  });
}

function reasonOf(command: string, { code }: ExecFileException, stderr: string): string {
  if (code === 'ENOENT') return t('{0} is not installed, or not in the PATH.', command);
  return t('{0} failed: {1}', command, lastLine(stderr) || String(code));
}

/** Plugins tell their steps first and what went wrong last. */
function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.slice(0, 500) ?? '';
}

/** Undefined: it is no ExecCredential, or one that says nothing. */
export function credentialIn(output: string): ExecCredential | undefined {
  let credential: unknown;
  try {
    credential = JSON.parse(output);
  } catch {
    return undefined;
  }
  const status = isRecord(credential) ? credential['status'] : undefined;
  if (!isRecord(status)) return undefined;
  const field = (name: keyof ExecCredential) => text(status[name]);
  const found = {
    token: field('token'),
    clientCertificateData: field('clientCertificateData'),
    clientKeyData: field('clientKeyData'),
  };
  return found.token || found.clientCertificateData ? found : undefined;
}
