import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { setUpFiles } from '../../domain/set-up/files.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { notice } from '../../ui/notice.ts';
import { pickMany } from '../../ui/prompts.ts';
import { ReadOnlyDocuments } from '../../ui/read-only-documents.ts';
import { askSetUp } from './ask.ts';
import { type Compared, compare, write } from './compared.ts';
import { folderToWriteTo } from './workspace.ts';

const scheme = 'jarvis-set-up';

/** Asks, shows every file beside what is there, and writes those that are chosen. @throws JarvisError, CancelledError */
export async function setUpRemediation(services: Services): Promise<void> {
  const folder = await folderToWriteTo();
  const setUp = await askSetUp(services);
  const templates = vscode.Uri.joinPath(services.context.extensionUri, 'media', 'set-up');
  const read = async (template: string) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(templates, template)));
  const different = await compare(folder.uri, await setUpFiles(setUp, read));
  if (different.length === 0) {
    await tell(t('All of it is there already.'));
    return;
  }
  const written = await writeSeen(different);
  void tell(t('Files written: {0}. Commit them, and apply what is in deploy/jarvis.', written));
}

/** @returns how many were written. @throws JarvisError, CancelledError */
async function writeSeen(files: readonly Compared[]): Promise<number> {
  const documents = new ReadOnlyDocuments(scheme);
  try {
    await preview(documents, files);
    const chosen = await choose(files);
    await write(chosen);
    return chosen.length;
  } finally {
    await closePreview();
    documents.dispose();
  }
}

async function preview(documents: ReadOnlyDocuments, files: readonly Compared[]): Promise<void> {
  const resources = files.map(({ uri, path, text, there }) => {
    const shown = vscode.Uri.from({ scheme, path: `/${path}` });
    documents.write(shown, text);
    return [uri, there === undefined ? undefined : uri, shown];
  });
  await vscode.commands.executeCommand('vscode.changes', title(), resources);
}

const title = () => t('Set Up Remediation: what would be written');

/** New files are chosen beforehand; one that differs from what is there only by a person. */
async function choose(files: readonly Compared[]): Promise<readonly Compared[]> {
  const choices = files.map((value) => ({
    label: value.path,
    description: value.there === undefined ? t('new') : t('replaces what is there'),
    picked: value.there === undefined,
    value,
  }));
  const chosen = await pickMany(choices, { title: t('Write which files?'), ignoreFocusOut: true });
  if (chosen.length === 0) throw new CancelledError();
  return chosen;
}

/** What it shows is gone with the documents. */
async function closePreview(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all);
  await vscode.window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title())));
}

async function tell(message: string): Promise<void> {
  const check = { title: t('Check Set-Up') };
  if (await notice('information', message, [check])) await executeCommand('jarvis.checkSetUp');
}
