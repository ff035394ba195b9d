import type * as vscode from 'vscode';
import { t } from '../../core/l10n.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import type { ChartPersisted } from '../contract/chart.ts';
import type { ChartPanelPorts } from './chart-content.ts';
import { Panels } from './panels.ts';

/** The open charts, one a subject. Registers the restoring of those that were open before a reload. */
export function chartPanels(extensionUri: vscode.Uri, ports: ChartPanelPorts): Panels<ChartPersisted> {
  return new Panels({
    viewType: 'jarvis.chart',
    icon: 'graph-line',
    keyOf: ({ subject }) => keyOf(subject),
    title: ({ subject }) => t('Chart: {0}', subject.name),
    load: async () => (await import('./chart-content.ts')).chartContent(extensionUri, ports),
  });
}

/** What a new chart shows: three hours, as CloudWatch's own console does. */
export function newChart(subject: ChartSubject): ChartPersisted {
  return { subject, range: { last: 3 * 3600 } };
}

function keyOf(subject: ChartSubject): string {
  return subject.kind === 'alarm' ? subject.alarm.arn : `${subject.cluster.server} ${subject.kind} ${subject.uid}`;
}
