import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root, run } from '../support/process.ts';
import { runTestModule } from '../support/vscode/tests.ts';
import { type Benchmark, median } from './benchmark.ts';

const jarvis = 'jarvis-sre.jarvis';
const empty = 'jarvis-bench.empty';
const rounds = 7;

/** Jarvis and an empty extension, started by the same VS Code. */
export const benchmark: Benchmark = {
  async run() {
    const code = await run(process.execPath, ['esbuild.js', '--production']);
    if (code !== 0) throw new Error('Jarvis cannot be built.');
    const times: Record<string, number>[] = [];
    for (let round = 0; round < rounds; round++) times.push(await startOnce());
    const medianOf = (id: string) => median(times.map((time) => time[id] ?? NaN));
    return [{ what: 'Activation', value: medianOf(jarvis), unit: 'ms', floor: medianOf(empty), limit: 2 }];
  },
};

async function startOnce(): Promise<Record<string, number>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'jarvis-bench-'));
  try {
    const userData = path.join(folder, 'vscode');
    const file = path.join(folder, 'times.json');
    await cp(path.join(import.meta.dirname, 'activation/empty'), path.join(userData, 'extensions', empty), {
      recursive: true,
    });
    const code = await runTestModule({
      workspace: folder,
      userData,
      extensionPath: root,
      extensionTestsPath: path.join(import.meta.dirname, 'activation/probe.ts'),
      env: { JARVIS_BENCH_FILE: file, JARVIS_BENCH_EXTENSIONS: [jarvis, empty].join(',') },
    });
    if (code !== 0) throw new Error('The probe has failed in VS Code.');
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, number>;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
