import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { type AlarmNews, NoticePolicy } from '../../domain/alarms/notices.ts';
import { summarize } from '../../domain/alarms/summary.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import { statusOf } from './status.ts';
import { tooltipOf } from './tooltip.ts';

/** The status bar item, the notices, and whether anybody looks at all. */
export function registerAlarmIndicator(services: Services): Disposable {
  const store = new DisposableStore();
  store.add(showStatus(services));
  store.add(followFocus(services));
  const policy = store.add(new NoticePolicy(services.clock));
  store.add(services.alarms.onDidTransition((changes) => policy.hear(changes)));
  store.add(policy.onDidNotice((news) => void notify(news, services)));
  store.add(
    registerCommand(services, 'jarvis.showAlarms', async () => {
      const { chooseAlarm } = await import('./choose-alarm.ts');
      await chooseAlarm(services);
    }),
  );
  return store;
}

const backgrounds = {
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  none: undefined,
};

function showStatus({ alarms, clock }: Services): Disposable {
  const item = vscode.window.createStatusBarItem('jarvis.alarms', vscode.StatusBarAlignment.Left, 50);
  item.name = t('Jarvis: Alarms');
  item.command = 'jarvis.showAlarms';
  const tell = () => {
    if (alarms.scopes.length === 0) {
      item.hide();
      return;
    }
    const { text, spoken, severity } = statusOf(summarize(alarms.scopes));
    item.text = text;
    item.accessibilityInformation = { label: spoken, role: 'button' };
    item.backgroundColor = backgrounds[severity];
    item.tooltip = new vscode.MarkdownString(tooltipOf(alarms.scopes, clock.now()));
    item.show();
  };
  const listening = alarms.onDidChange(tell);
  tell();
  return vscode.Disposable.from(item, listening);
}

/** Polling happens only while the window is in use. The first look waits until activation has ended. */
function followFocus({ alarms, clock }: Services): Disposable {
  const first = clock.after(0, () => alarms.setVisible(vscode.window.state.focused));
  const listening = vscode.window.onDidChangeWindowState(({ focused }) => alarms.setVisible(focused));
  return vscode.Disposable.from(first, listening);
}

async function notify(news: AlarmNews, { log }: Services): Promise<void> {
  const { showNotice } = await import('./show-notice.ts');
  await showNotice(news, log);
}
