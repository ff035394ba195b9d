import { t } from '../../core/l10n.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import { type AlarmFilter, alarmStates } from '../../domain/alarms/order.ts';
import { ask, pickMany } from '../../ui/prompts.ts';

/** Two steps: which states, then which words. @throws CancelledError */
export async function askForFilter(now: AlarmFilter): Promise<AlarmFilter> {
  const states = await pickMany(
    alarmStates.map((state) => ({
      label: stateInWords(state),
      value: state,
      picked: now.states.size === 0 || now.states.has(state),
    })),
    { title: t('Filter Alarms (1 of 2)'), placeHolder: t('States to show') },
  );
  const text = await ask({
    title: t('Filter Alarms (2 of 2)'),
    prompt: t('Words that the name, description, metric or dimensions must contain; empty for all.'),
    value: now.text,
  });
  return { states: new Set(states.length === alarmStates.length ? [] : states), text };
}
