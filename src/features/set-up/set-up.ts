import * as vscode from 'vscode';
import { CancelledError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { type Compared, compare } from '../../domain/set-up/compare.ts';
import { type ReadTemplate, setUpFiles } from '../../domain/set-up/files.ts';
import { write } from '../../domain/set-up/write.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { notice } from '../../ui/notice.ts';
import { pickMany } from '../../ui/prompts.ts';
import { ReadOnlyDocuments } from '../../ui/read-only-documents.ts';
import { askSetUp } from './ask.ts';
import { offerSettings } from './offer-settings.ts';
import { TeamFolder } from './team-folder.ts';
import { folderToWriteTo } from './workspace.ts';

const scheme = 'jarvis-set-up';

/** Asks, shows every file beside what is there, and writes those that are chosen. @throws JarvisError, CancelledError */
export async function setUpRemediation(services: Services): Promise<void> {
  const { uri } = await folderToWriteTo();
  const wanted = await askSetUp(services);
  const folder = new TeamFolder(uri);
  const compared = await compare(await setUpFiles(wanted, templates(services)), folder);
  const unlike = compared.filter(({ is }) => is !== 'same');
  const alike = compared.length - unlike.length;
  if (unlike.length === 0) void tell(t('All of it is there already.'));
  else void tell(summary(await writeSeen(unlike, alike, folder), alike));
  await offerSettings(wanted);
}

function templates({ context }: Pick<Services, 'context'>): ReadTemplate {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'media', 'set-up');
  return async (template) =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, template)));
}

function summary(written: number, alike: number): string {
  const sentences = [
    t('Files written: {0}.', written),
    ...(alike > 0 ? [t('There already, and left alone: {0}.', alike)] : []),
    t('Commit them, and apply what is in deploy/jarvis.'),
  ];
  return sentences.join(' ');
}

/** @returns how many were written. @throws JarvisError, CancelledError */
async function writeSeen(files: readonly Compared[], alike: number, folder: TeamFolder): Promise<number> {
  const documents = new ReadOnlyDocuments(scheme);
  try {
    await preview(documents, files, folder);
    const chosen = await choose(files, alike);
    await write(chosen, folder);
    return chosen.length;
  } finally {
    await closePreview();
    documents.dispose();
  }
}

async function preview(documents: ReadOnlyDocuments, files: readonly Compared[], folder: TeamFolder): Promise<void> {
  const resources = files.map(({ path, text, is }) => {
    const shown = vscode.Uri.from({ scheme, path: `/${path}` });
    documents.write(shown, text);
    const there = folder.uri(path);
    return [there, is === 'new' ? undefined : there, shown];
  });
  await vscode.commands.executeCommand('vscode.changes', title(), resources);
}

const title = () => t('Set Up Remediation: what would be written');

/** New files are chosen beforehand; one that differs from what is there only by a person. */
async function choose(files: readonly Compared[], alike: number): Promise<readonly Compared[]> {
  const choices = files.map((value) => ({
    label: value.path,
    description: value.is === 'new' ? t('new') : t('replaces what is there'),
    picked: value.is === 'new',
    value,
  }));
  const placeHolder = alike > 0 ? t('There already, and left alone: {0}.', alike) : '';
  const chosen = await pickMany(choices, { title: t('Write which files?'), placeHolder });
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
