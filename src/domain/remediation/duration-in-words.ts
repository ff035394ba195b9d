import { t } from '../../core/l10n.ts';

/** "40 s", "3 min". */
export function durationInWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds < 120 ? t('{0} s', seconds) : t('{0} min', Math.round(seconds / 60));
}
