import * as vscode from 'vscode';
import type { SettingId, Settings } from '../contributions.ts';
import type { Disposable } from '../core/disposable.ts';

/** The setting as it is now; package.json gives the default. */
export function setting<K extends SettingId>(id: K): Settings[K] {
  const value = vscode.workspace.getConfiguration().get<Settings[K]>(id);
  if (value === undefined) throw new Error(`${id} is not in package.json`);
  return value;
}

/** What each scope says of the setting, for those in which one scope must not overrule another: default, user, workspace. */
export function settingInEachScope(id: SettingId): readonly unknown[] {
  const { defaultValue, globalValue, workspaceValue, workspaceFolderValue } =
    vscode.workspace.getConfiguration().inspect<unknown>(id) ?? {};
  return [defaultValue, globalValue, workspaceValue, workspaceFolderValue].filter((value) => value !== undefined);
}

export function onDidChangeSetting(ids: readonly SettingId[], listener: () => void): Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (ids.some((id) => change.affectsConfiguration(id))) listener();
  });
}
