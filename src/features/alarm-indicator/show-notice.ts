import type { Logger } from '../../core/log.ts';
import type { AlarmNews } from '../../domain/alarms/notices.ts';
import { notice } from '../../ui/notice.ts';
import { act } from './act.ts';
import { actionLabel, notificationOf } from './notice.ts';

/** One notice, and what its buttons do. Resolves when it is gone, which may be after hours. */
export async function showNotice(news: AlarmNews, log: Logger): Promise<void> {
  const { message, severity, alarm, actions } = notificationOf(news);
  const buttons = actions.map((action) => ({ title: actionLabel(action), action }));
  try {
    const chosen = await notice(severity, message, buttons);
    if (chosen) await act(chosen.action, alarm);
  } catch (error) {
    log.error(message, error);
  }
}
