import { t } from '../../../core/l10n.ts';
import type { Container } from '../../../domain/kubernetes/model.ts';
import { ago } from '../../../ui/time.ts';

/** "3 restarts (2 m ago)", over all the containers; nothing where there was none. */
export function restartsInWords(containers: readonly Container[], now: number): readonly string[] {
  let count = 0;
  let last = 0;
  for (const { restarts, lastRestartAt = 0 } of containers) {
    count += restarts;
    last = Math.max(last, lastRestartAt);
  }
  if (count === 0) return [];
  const text = count === 1 ? t('1 restart') : t('{0} restarts', count);
  return [last > 0 ? `${text} (${ago(last, now)})` : text];
}
