import { oneLine } from '../../core/text.ts';
import type { Effect } from './plan.ts';

/** Names, hosts and reasons in the text may be from anybody: it stays one harmless line. */
export function info(text: string): Effect {
  return { text: oneLine(text), severity: 'info' };
}

export function warning(text: string): Effect {
  return { text: oneLine(text), severity: 'warning' };
}
