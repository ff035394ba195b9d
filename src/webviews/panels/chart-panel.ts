import * as vscode from 'vscode';
import { t } from '../../core/l10n.ts';
import type { ChartSubject } from '../../domain/metrics/model.ts';
import { type ChartPersisted, chartPersisted, type ChartToView } from '../contract/chart.ts';
import { type ChartPorts, ChartSession } from './chart-session.ts';
import { Panels } from './panels.ts';

/** All that a chart needs but its panel. */
export type ChartPanelPorts = Omit<ChartPorts, 'send' | 'language'>;

/** The open charts, one a subject. Registers the restoring of those that were open before a reload. */
export function chartPanels(extensionUri: vscode.Uri, ports: ChartPanelPorts): Panels<ChartToView, ChartPersisted> {
  return new Panels(
    {
      viewType: 'jarvis.chart',
      bundle: 'chart',
      icon: 'graph-line',
      persisted: chartPersisted,
      keyOf: ({ subject }) => keyOf(subject),
      title: ({ subject }) => t('Chart: {0}', subject.name),
      session: (view, send) => new ChartSession(view, { ...ports, send, language: vscode.env.language }),
    },
    extensionUri,
  );
}

/** What a new chart shows: three hours, as CloudWatch's own console does. */
export function newChart(subject: ChartSubject): ChartPersisted {
  return { subject, range: { last: 3 * 3600 } };
}

function keyOf(subject: ChartSubject): string {
  return subject.kind === 'alarm' ? subject.alarm.arn : `${subject.cluster.server} ${subject.kind} ${subject.uid}`;
}
