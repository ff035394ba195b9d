/**
 * Outlives the lab by a moment: reads process groups and folders from its standard input, and when that pipe closes, for
 * whatever reason (an orderly end, an exception, SIGKILL), kills the groups and removes the folders. One way out for all.
 *
 * Lines: `+<pid>` a group began, `-<pid>` it ended, `/<path>` a folder to remove.
 */
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';

const groups = new Set<number>();
const folders: string[] = [];

for await (const line of createInterface({ input: process.stdin })) {
  if (line.startsWith('+')) groups.add(Number(line.slice(1)));
  else if (line.startsWith('-')) groups.delete(Number(line.slice(1)));
  else if (line.startsWith('/')) folders.push(line);
}
for (const group of groups) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}
await Promise.all(
  folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 })),
);
