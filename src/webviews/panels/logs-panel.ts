import type * as vscode from 'vscode';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { LogsPersisted } from '../contract/logs.ts';
import type { LogsPanelPorts } from './logs-content.ts';
import { Panels } from './panels.ts';

/** The open logs, one an object and container. Registers the restoring of those that were open before a reload. */
export function logPanels(extensionUri: vscode.Uri, ports: () => Promise<LogsPanelPorts>): Panels<LogsPersisted> {
  return new Panels({
    viewType: 'jarvis.logs',
    icon: 'output',
    keyOf: ({ object, container }) => [object.cluster.server, object.uid, container].join(' '),
    title: ({ object, container }) => t('Logs: {0}', container ?? object.name),
    load: async () => {
      const [{ logsContent }, made] = await Promise.all([import('./logs-content.ts'), ports()]);
      return logsContent(extensionUri, made);
    },
  });
}

/** What a new log shows: the last lines of all containers, and what comes. */
export function newLog(object: ObjectRef, container: string | undefined): LogsPersisted {
  return { object, container, previous: false };
}
