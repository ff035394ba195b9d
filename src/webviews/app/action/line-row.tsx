import type { ComponentChildren } from 'preact';
import { t } from '../../../core/l10n.ts';
import { timeOfDay } from '../shared/format.ts';
import { Icon, type IconName } from '../shared/icon.tsx';
import type { Line, LineState } from './lines.ts';

const icons: Readonly<Record<LineState, IconName>> = {
  todo: 'circle',
  active: 'dot',
  done: 'pass',
  warning: 'warning',
  failed: 'error',
  cancelled: 'cancelled',
  skipped: 'circle',
};

interface LineRowProps {
  readonly line: Line;
  readonly now: number;
  readonly children?: ComponentChildren;
}

/** One line a state; its detail beneath, where there is any. */
export function LineRow({ line, now, children }: LineRowProps) {
  const { id, state, label, summary, at } = line;
  return (
    <li class={`line line-${id} is-${state}`} aria-current={state === 'active' ? 'step' : undefined}>
      <div class="line-head">
        <Icon name={icons[state]} />
        <h2>
          {label}
          <span class="visually-hidden">, {stateWord(state)}</span>
        </h2>
        <p class="line-summary">{summary}</p>
        {at !== undefined && <time class="muted">{timeOfDay(at, now)}</time>}
      </div>
      {children}
    </li>
  );
}

function stateWord(state: LineState): string {
  switch (state) {
    case 'todo':
      return t('to come');
    case 'active':
      return t('now');
    case 'done':
      return t('done');
    case 'warning':
      return t('with a warning');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
    case 'skipped':
      return t('skipped');
  }
}
