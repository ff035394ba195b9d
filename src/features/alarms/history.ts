import type { Clock } from '../../core/clock.ts';
import { t } from '../../core/l10n.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import type { AlarmHistoryItem, AlarmRef } from '../../domain/alarms/model.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import { fullTime, timeOfDay } from '../../ui/time.ts';
import { loadedBranch } from '../../ui/tree/branches.ts';
import type { Icon, TreeNode } from '../../ui/tree/model.ts';
import { stateIcon } from './alarm-facts.ts';

/** What has happened to the alarm, newest first, read when it is opened. */
export function historyNode(source: AlarmSource, alarm: AlarmRef & { readonly name: string }, clock: Clock): TreeNode {
  return {
    key: 'history',
    row: () => ({ label: t('History'), icon: { id: 'history' }, context: 'history' }),
    subject: { alarm },
    branch: loadedBranch(clock, t('CloudWatch keeps no history of this alarm.'), async (signal) => {
      const items = await source.history(alarm, signal);
      return items.map((item, index) => itemNode(item, `${item.at} ${items.length - index}`, clock));
    }),
  };
}

/** "OK → in alarm", or the server's own summary where it was not a change of state. */
export function itemInWords(item: AlarmHistoryItem): string {
  if (!item.to) return item.summary;
  return item.from ? `${stateInWords(item.from)} → ${stateInWords(item.to)}` : stateInWords(item.to);
}

function itemNode(item: AlarmHistoryItem, key: string, clock: Clock): TreeNode {
  return {
    key,
    row: () => ({
      label: itemInWords(item),
      description: timeOfDay(item.at, clock.now()),
      icon: itemIcon(item),
      context: 'historyItem',
    }),
    subject: { copyText: item.summary },
    tooltip: () => ({ title: itemInWords(item), facts: [[t('When'), fullTime(item.at)]], text: [item.summary] }),
  };
}

function itemIcon({ type, to }: AlarmHistoryItem): Icon {
  if (to) return stateIcon(to);
  return { id: type === 'Action' ? 'bell' : 'edit' };
}
