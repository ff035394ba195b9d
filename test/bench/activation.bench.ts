import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTestModule } from '../support/vscode/tests.ts';
import { type Benchmark, median } from './benchmark.ts';
import { buildExtension } from './built-extension.ts';

const jarvis = 'jarvis-sre.jarvis';
const empty = 'jarvis-bench.empty';
const rounds = 7;
const patienceMs = 60_000;

/**
 * Jarvis and an empty extension in the same VS Code, one after the other and each first in turn: two that start together
 * wait for each other, and both would seem slow.
 */
export const benchmark: Benchmark = {
  async run() {
    const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-bench-'));
    try {
      // started by the probe, not by VS Code
      const extension = await buildExtension(folder, { activationEvents: [] });
      const times: Record<string, number>[] = [];
      for (let round = 0; round < rounds; round++) {
        const order = round % 2 === 0 ? [jarvis, empty] : [empty, jarvis];
        times.push(await startOnce(path.join(folder, `round-${round}`), extension, order));
      }
      const medianOf = (id: string) => median(times.map((time) => time[id] ?? NaN));
      const floor = { what: 'an empty extension', value: medianOf(empty) };
      return [{ what: 'Activation', value: medianOf(jarvis), unit: 'ms', floor, ratioLimit: 2 }];
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

async function startOnce(folder: string, extension: string, order: readonly string[]): Promise<Record<string, number>> {
  const userData = path.join(folder, 'vscode');
  const file = path.join(folder, 'times.json');
  await cp(path.join(import.meta.dirname, 'activation/empty'), path.join(userData, 'extensions', empty), {
    recursive: true,
  });
  const code = await runTestModule({
    workspace: folder,
    userData,
    extensionPath: extension,
    extensionTestsPath: path.join(import.meta.dirname, 'activation/probe.ts'),
    env: { JARVIS_BENCH_FILE: file, JARVIS_BENCH_EXTENSIONS: order.join(',') },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (code !== 0) throw new Error(`The probe has failed in VS Code (exit code ${code}; 130: not done in a minute).`);
  return JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
}
