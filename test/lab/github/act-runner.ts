import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { parse } from 'yaml';
import type { JobOrder, StopSignals, WorkflowRunner } from '../../../src/practice/github/runner.ts';
import { ActOutput } from './act-output.ts';
import { StepShell } from './step-shell.ts';

export interface ActRunnerOptions {
  readonly act: string;
  /** Holds a folder for each job while it runs. */
  readonly temporary: string;
  /** What the steps see beside act's own variables: PATH … */
  readonly env: Readonly<Record<string, string>>;
  /** Actions of others by `owner/name@ref`, each with the folder that stands in for it. */
  readonly actions: readonly (readonly [string, string])[];
  /** Hears of each process group, to end it should this process die. */
  readonly onSpawn?: (group: ChildProcess) => void;
}

/** Runs a job's steps on this machine with act. */
export function actRunner(options: ActRunnerOptions): WorkflowRunner {
  return {
    async run(order, onEvent, stop) {
      const folder = await mkdtemp(join(options.temporary, 'job-'));
      try {
        const args = await prepare(folder, order, options.actions);
        const shell = await StepShell.make(folder, options.env['PATH'] ?? '');
        const output = new ActOutput(stepIds(order), onEvent);
        const succeeded = await execute(options, { home: folder, shell, workTree: order.workTree, args }, output, stop);
        output.end(await shell.said());
        return succeeded && output.jobSucceeded ? 'success' : 'failure';
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function prepare(folder: string, order: JobOrder, actions: ActRunnerOptions['actions']) {
  const workflow = join(folder, 'workflow.yml');
  const event = join(folder, 'event.json');
  await writeFile(workflow, order.workflow);
  await writeFile(event, JSON.stringify(order.event));
  return [
    ...['workflow_dispatch', '--json', '--rm', '--no-cache-server', '--workflows', workflow, '--eventpath', event],
    ...['--job', order.jobId, '--actor', order.actor, '--platform', 'ubuntu-latest=-self-hosted'],
    ...['--action-cache-path', join(folder, 'act')],
    ...actions.flatMap(([name, standIn]) => ['--local-repository', `${name}=${standIn}`]),
    ...Object.entries(order.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
  ];
}

/** act names a step by its `id`, or else by its index. */
function stepIds(order: JobOrder): readonly string[] {
  const workflow = parse(order.workflow) as { jobs: Record<string, { steps?: { id?: string }[] }> };
  return (workflow.jobs[order.jobId]?.steps ?? []).map((step, index) => step.id ?? String(index));
}

interface Run {
  readonly home: string;
  readonly shell: StepShell;
  readonly workTree: string;
  readonly args: readonly string[];
}

async function execute(
  { act, env: given, onSpawn }: ActRunnerOptions,
  { home, shell, workTree, args }: Run,
  output: ActOutput,
  stop: StopSignals,
): Promise<boolean> {
  // A process group of its own: steps start programs that outlive act when it is told to stop.
  const env = { ...given, HOME: home, PATH: `${shell.bin}${delimiter}${given['PATH'] ?? ''}` };
  const child = spawn(act, args, { cwd: workTree, detached: true, env, stdio: 'pipe' });
  onSpawn?.(child);
  child.stdin.end();
  const off = endOnSignal(child, stop);
  createInterface({ input: child.stdout }).on('line', (line) => output.line(line));
  createInterface({ input: child.stderr }).on('line', (line) => output.line(line));
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return code === 0;
  } finally {
    off();
    endGroup(child);
  }
}

function endOnSignal(child: ChildProcess, { cancel, kill }: StopSignals): () => void {
  const interrupt = () => child.kill('SIGINT');
  const end = () => endGroup(child);
  cancel.addEventListener('abort', interrupt);
  kill.addEventListener('abort', end);
  if (cancel.aborted) interrupt();
  return () => {
    cancel.removeEventListener('abort', interrupt);
    kill.removeEventListener('abort', end);
  };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the whole group has ended
  }
}
