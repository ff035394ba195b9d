import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Jobs } from './jobs.ts';

/** A process that does one job; it lives until it is ended. */
export interface Child<N extends keyof Jobs> {
  readonly result: Awaited<ReturnType<Jobs[N]>>;
  readonly end: () => Promise<void>;
}

export async function start<N extends keyof Jobs>(name: N, input: Parameters<Jobs[N]>[0]): Promise<Child<N>> {
  const child = fork(path.join(import.meta.dirname, 'process.ts'), { execArgv: ['--expose-gc'] });
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  try {
    child.send({ name, input });
    return { result: await answerOf<N>(child), end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Does it and ends. */
export async function done<N extends keyof Jobs>(name: N, input: Parameters<Jobs[N]>[0]): Promise<Child<N>['result']> {
  const { result, end } = await start(name, input);
  await end();
  return result;
}

function answerOf<N extends keyof Jobs>(child: ChildProcess): Promise<Child<N>['result']> {
  return new Promise((resolve, reject) => {
    child.once('message', (result) => resolve(result as Child<N>['result']));
    child.once('exit', (code) => reject(new Error(`The measured process has failed (exit code ${code}).`)));
  });
}
