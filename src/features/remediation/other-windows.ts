import * as vscode from 'vscode';
import { type Disposable, disposable } from '../../core/disposable.ts';
import type { Services } from '../../services.ts';

/** A file of the journal is named by the process that writes it: what this window writes is no news to it. */
const own = new RegExp(`/${process.pid}-[^/]*$`);
/** What is done takes several lines of the journal; they are read at once. */
const settledMs = 1_000;

/**
 * Hears what other windows write into the journal: their runs are shown in this one, and it goes on with what they leave
 * (a way back above all) though nobody reloads it.
 */
export function hearOtherWindows({ context, runs, clock, log }: Services): Disposable {
  const journal = new vscode.RelativePattern(vscode.Uri.joinPath(context.globalStorageUri, 'journal'), '*.jsonl');
  const watcher = vscode.workspace.createFileSystemWatcher(journal, false, false, true);
  let pending: Disposable | undefined;
  const read = () => {
    pending = undefined;
    runs.restore().catch((error: unknown) => log.warn('reading what other windows wrote', error));
  };
  const hear = ({ path }: vscode.Uri) => {
    if (!own.test(path)) pending ??= clock.after(settledMs, read);
  };
  watcher.onDidCreate(hear);
  watcher.onDidChange(hear);
  return disposable(() => {
    watcher.dispose();
    pending?.dispose();
  });
}
