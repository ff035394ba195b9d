import { writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';

interface Mark {
  name: string;
  startTime: number;
}
declare const MonacoPerformanceMarks: { getMarks(): Mark[] };

/** Runs in the extension host: waits for both extensions and writes down VS Code's own marks of them, in milliseconds. */
export async function run(): Promise<void> {
  const ids = (process.env['JARVIS_BENCH_EXTENSIONS'] ?? '').split(',');
  const times: Record<string, number> = {};
  for (const id of ids) times[id] = await activationOf(id);
  await writeFile(process.env['JARVIS_BENCH_FILE'] ?? '', JSON.stringify(times));
}

/** From the first byte of its code to the end of `activate`. */
async function activationOf(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`${id} is not installed`);
  await extension.activate();
  const at = (name: string) => {
    const mark = MonacoPerformanceMarks.getMarks().find((one) => one.name === `code/extHost/${name}/${id}`);
    if (!mark) throw new Error(`VS Code has no mark ${name} of ${id}`);
    return mark.startTime;
  };
  return at('didActivateExtension') - at('willLoadExtensionCode');
}
