import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import { locksAnything } from '../../domain/remediation/guards/protection.ts';
import type { Unlock } from '../../domain/remediation/guards/lock-event.ts';
import type { Services } from '../../services.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import { currentProtection, protectionSettings } from '../../ui/protection.ts';
import { onDidChangeSetting } from '../../ui/settings.ts';
import { duration, timeOfDay } from '../../ui/time.ts';

const second = 1_000;

/** One item of the status bar while production is unlocked, counting down, or while nothing may be written. */
export function showGuards({ runs, clock }: Services): () => Disposable {
  return () => {
    const owned = new DisposableStore();
    const item = owned.add(vscode.window.createStatusBarItem('jarvis.guards', vscode.StatusBarAlignment.Left, 49));
    item.name = t('Jarvis: Locks');
    const tellKeys = keys();
    let tick: Disposable | undefined;
    const tell = () => {
      tick?.dispose();
      const { production, readOnly } = currentProtection();
      const { unlocks } = runs;
      tellKeys({ locked: locksAnything(production), readOnly });
      if (readOnly) sayReadOnly(item);
      else if (unlocks.length > 0) sayUnlocked(item, unlocks, clock.now());
      else item.hide();
      // no timer where nothing is unlocked
      tick = unlocks.length > 0 && !readOnly ? clock.after(second, tell) : undefined;
    };
    owned.add(runs.onDidChange((ids) => ids.size === 0 && tell()));
    owned.add(onDidChangeSetting(protectionSettings, tell));
    owned.add({ dispose: () => tick?.dispose() });
    tell();
    return owned;
  };
}

function keys() {
  const locked = new ContextKey('jarvis.guards.locked');
  const readOnly = new ContextKey('jarvis.guards.readOnly');
  return (now: { readonly locked: boolean; readonly readOnly: boolean }) => {
    locked.set(now.locked);
    readOnly.set(now.readOnly);
  };
}

function sayReadOnly(item: vscode.StatusBarItem): void {
  say(item, 'lock', t('Read-only'), t('Jarvis is in read-only mode: nothing is written.'));
  item.backgroundColor = undefined;
  item.command = { command: 'jarvis.openSettings', title: '', arguments: [{ query: '@id:jarvis.readOnly' }] };
}

/** Never a name in the text, where icons could be drawn into it; a tooltip's string is plain. */
function sayUnlocked(item: vscode.StatusBarItem, unlocks: readonly Unlock[], now: number): void {
  const left = Math.max(...unlocks.map(({ until }) => until)) - now;
  const lines = unlocks.map(({ cluster, reason, actor, until }) =>
    t('{0} is unlocked until {1}, by {2}: {3}', cluster.context, timeOfDay(until, now), actor, reason),
  );
  say(item, 'unlock', t('Unlocked, {0}', duration(left)), [...lines, t('Click to lock again.')].join('\n'));
  item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
  item.command = 'jarvis.lockProduction';
}

function say(item: vscode.StatusBarItem, icon: string, words: string, tooltip: string): void {
  item.text = `$(${icon}) ${words}`;
  item.accessibilityInformation = { label: t('Jarvis: {0}', words), role: 'button' };
  item.tooltip = tooltip;
  item.show();
}
