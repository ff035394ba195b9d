import * as vscode from 'vscode';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { pick } from '../../ui/prompts.ts';

/** What is looked at of {@link vscode.workspace}. */
type Workspace = Pick<typeof vscode.workspace, 'workspaceFolders' | 'isTrusted' | 'fs'>;

/** The folder that the files go to; asked where there are several. @throws JarvisError setUp.*, CancelledError */
export async function folderToWriteTo(workspace: Workspace = vscode.workspace): Promise<vscode.WorkspaceFolder> {
  const folders = workspace.workspaceFolders ?? [];
  const [only, ...more] = folders;
  if (!only) throw noFolder();
  if (!workspace.isTrusted) throw untrusted();
  const folder =
    more.length === 0
      ? only
      : await pick(
          folders.map((value) => ({ label: value.name, description: value.uri.path, value })),
          { title: t('Into which folder?') },
        );
  if (workspace.fs.isWritableFileSystem(folder.uri.scheme) === false) throw readOnly(folder.name);
  return folder;
}

function noFolder(): JarvisError {
  return new JarvisError({
    code: 'setUp.noFolder',
    message: t('No folder is open. Open the one of the repository that the workflows will be in.'),
    remedies: [{ kind: 'openFolder' }],
  });
}

function untrusted(): JarvisError {
  return new JarvisError({
    code: 'setUp.untrusted',
    message: t('This workspace is not trusted: Jarvis writes no workflows and no Terraform into it.'),
    remedies: [{ kind: 'trustWorkspace' }],
  });
}

function readOnly(name: string): JarvisError {
  return new JarvisError({
    code: 'setUp.readOnly',
    message: t('{0} cannot be written to. Open a clone of the repository instead.', name),
    remedies: [{ kind: 'openFolder' }],
  });
}
