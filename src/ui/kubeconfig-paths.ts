import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import * as vscode from 'vscode';
import { setting } from './settings.ts';

/**
 * The kubeconfig files, in the order in which the first one wins: Jarvis's own setting, the Kubernetes extension's,
 * KUBECONFIG, `~/.kube/config`. A list is joined as in KUBECONFIG.
 */
export function kubeconfigPaths(): readonly string[] {
  const said = [
    setting('jarvis.kubernetes.kubeconfig'),
    vscode.workspace.getConfiguration('vs-kubernetes').get<string>('vs-kubernetes.kubeconfig') ?? '',
    process.env['KUBECONFIG'] ?? '',
  ];
  for (const list of said) {
    const paths = list.split(delimiter).filter((path) => path.trim() !== '');
    if (paths.length > 0) return paths.map(expandHome);
  }
  return [join(homedir(), '.kube', 'config')];
}

function expandHome(path: string): string {
  return /^~[/\\]/.test(path) ? join(homedir(), path.slice(2)) : path;
}
