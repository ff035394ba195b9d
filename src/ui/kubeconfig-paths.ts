import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { setting } from './settings.ts';

/**
 * The kubeconfig files, in the order in which the first one wins: Jarvis's own setting, the Kubernetes extension's, and
 * what kubectl reads by itself. A list is joined as in KUBECONFIG.
 */
export function kubeconfigPaths(): readonly string[] {
  const [said] = [setting('jarvis.kubernetes.kubeconfig'), kubernetesExtension()].map(pathsIn).filter(isSaid);
  return said ?? kubectlPaths();
}

/** What kubectl needs in its environment to read the same files; nothing where it does so by itself. */
export function kubectlVariables(): Readonly<Record<string, string>> {
  const paths = kubeconfigPaths().join(delimiter);
  return paths === kubectlPaths().join(delimiter) ? {} : { KUBECONFIG: paths };
}

/** KUBECONFIG, else `~/.kube/config`. */
function kubectlPaths(): readonly string[] {
  const paths = pathsIn(process.env['KUBECONFIG'] ?? '');
  return isSaid(paths) ? paths : [join(homedir(), '.kube', 'config')];
}

/** Its setting is one object whose keys have dots. A workspace that is not trusted has no say: kubeconfigs run programs. */
function kubernetesExtension(): string {
  const said = vscode.workspace.getConfiguration().inspect<Readonly<Record<string, unknown>>>('vs-kubernetes');
  const own = vscode.workspace.isTrusted ? (said?.workspaceFolderValue ?? said?.workspaceValue) : undefined;
  const path = (own ?? said?.globalValue)?.['vs-kubernetes.kubeconfig'];
  return typeof path === 'string' ? path : '';
}

function pathsIn(list: string): readonly string[] {
  return list
    .split(delimiter)
    .filter((path) => path.trim() !== '')
    .map(expandHome);
}

function isSaid(paths: readonly string[]): boolean {
  return paths.length > 0;
}

function expandHome(path: string): string {
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
