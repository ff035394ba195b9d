import { t } from '../../core/l10n.ts';
import type { AlarmState } from './model.ts';

/** The state as a person says it; never colour alone. */
export function stateInWords(state: AlarmState): string {
  switch (state) {
    case 'ALARM':
      return t('in alarm');
    case 'INSUFFICIENT_DATA':
      return t('without data');
    case 'OK':
      return t('OK');
  }
}
