import { t } from '../../core/l10n.ts';
import type { AlarmHistoryItem, AlarmRef } from '../../domain/alarms/model.ts';
import { fullTime } from '../../ui/time.ts';
import { itemInWords } from './history.ts';

/** The history as lines of text, newest first; names and summaries lose their control characters. */
export function historyText(
  alarm: AlarmRef & { readonly name: string },
  items: readonly AlarmHistoryItem[],
  readAt: number,
): string {
  const lines = items.map((item) => {
    const words = itemInWords(item);
    return `${fullTime(item.at)}  ${words}${words === item.summary ? '' : `  (${item.summary})`}`;
  });
  const none = t('CloudWatch keeps no history of this alarm.');
  return [alarm.name, alarm.arn, t('Read at {0}', fullTime(readAt)), '', ...(lines.length > 0 ? lines : [none]), '']
    .map(printable)
    .join('\n');
}

function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
