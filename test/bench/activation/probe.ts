import { writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

interface Mark {
  name: string;
  startTime: number;
}
declare const MonacoPerformanceMarks: { getMarks(): Mark[] };

/** What VS Code itself and an extension do just after they have started must not be counted as the next one's. */
const settleMs = 1_500;

/** Runs in the extension host: starts the extensions one by one and writes down VS Code's own marks of them, in milliseconds. */
export async function run(): Promise<void> {
  const ids = (process.env['JARVIS_BENCH_EXTENSIONS'] ?? '').split(',');
  const times: Record<string, number> = {};
  for (const id of ids) {
    await wait(settleMs);
    times[id] = await activationOf(id);
  }
  await writeFile(process.env['JARVIS_BENCH_FILE'] ?? '', JSON.stringify(times));
}

/** From the first byte of its code to the end of `activate`. */
async function activationOf(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed`);
  if (extension.isActive) throw new Error(`${id} was started by VS Code`);
  await extension.activate();
  const at = (name: string) => {
    const mark = MonacoPerformanceMarks.getMarks().find((one) => one.name === `code/extHost/${name}/${id}`);
    if (!mark) throw new Error(`VS Code has no mark ${name} of ${id}`);
    return mark.startTime;
  };
  return at('didActivateExtension') - at('willLoadExtensionCode');
}
