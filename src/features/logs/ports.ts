import * as vscode from 'vscode';
import { LogFollow } from '../../domain/logs/follow.ts';
import type { Services } from '../../services.ts';
import { applyRemedy } from '../../ui/errors.ts';
import type { LogsPanelPorts } from '../../webviews/panels/logs-content.ts';

/** What a page of logs can do outside itself. */
export function logsPorts({ clusters, clock, log }: Pick<Services, 'clusters' | 'clock' | 'log'>): LogsPanelPorts {
  return {
    clock,
    log,
    follow: ({ object, ...options }) => new LogFollow(clusters.cluster(object.cluster), object, options, clock),
    copy: async (text) => vscode.env.clipboard.writeText(text),
    save,
    runRemedy: applyRemedy,
  };
}

/** Asks where. The name is one that Kubernetes allows, so it leads out of no folder. */
async function save(name: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const time = new Date().toISOString().slice(0, 16).replaceAll(':', '');
  const file = `${name.replace(/[^\w.-]+/g, '-')}-${time}.log`;
  const target = await vscode.window.showSaveDialog({
    filters: { LOG: ['log'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, file) }),
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}
