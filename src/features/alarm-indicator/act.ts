import * as vscode from 'vscode';
import type { Alarm } from '../../domain/alarms/model.ts';
import { views } from '../../contributions.ts';
import { executeCommand } from '../../ui/commands.ts';
import { chartOf } from '../alarms/alarm-facts.ts';
import type { NoticeAction } from './notice.ts';

/** Carries out what a notice or the quick pick offered. */
export async function act(action: NoticeAction, alarm: Alarm | undefined): Promise<void> {
  if (!alarm || action === 'show') await vscode.commands.executeCommand(`${views.alarms}.focus`);
  else if (action === 'chart') await executeCommand('jarvis.openChart', { chart: chartOf(alarm) });
  else await executeCommand('jarvis.scaleHpa', { alarm: { arn: alarm.arn, scope: alarm.scope, name: alarm.name } });
}
