import type { AlarmHistoryItem, AlarmState } from '../alarms/model.ts';
import { t } from '../../core/l10n.ts';
import type { Band, Series } from './model.ts';
import type { Span } from './range.ts';

/**
 * The alarm's states over the span. Before the first change that the history knows, the state that the change left;
 * with no change in the span at all, the present state, as far back as it has held.
 */
export function stateBands(
  history: readonly AlarmHistoryItem[],
  present: { readonly state: AlarmState; readonly since: number },
  span: Span,
): readonly Band[] {
  const changes = history
    .flatMap(({ at, type, from, to }) => (type === 'StateUpdate' && to ? [{ at, from, to }] : []))
    .sort((a, b) => a.at - b.at);
  const [first] = changes;
  if (!first) return clip([{ from: present.since, to: span.to, state: present.state }], span);
  const after = changes.map(({ at, to }, index) => ({ from: at, to: changes[index + 1]?.at ?? span.to, state: to }));
  const before = first.from ? [{ from: span.from, to: first.at, state: first.from }] : [];
  return clip([...before, ...after], span);
}

/** The states as a line, for an alarm that has no metric: 1 in ALARM, 0 in OK, a gap where CloudWatch did not know. */
export function stateSeries(bands: readonly Band[]): Series {
  const points = bands.flatMap(({ from, to, state }) => [
    { at: from, height: heights[state] },
    // right before the next state begins: times ascend
    { at: to - 1, height: heights[state] },
  ]);
  return {
    id: 'state',
    label: t('In ALARM (1) or OK (0)'),
    unit: 'none',
    axis: 'left',
    style: 'step',
    times: points.map(({ at }) => at),
    values: points.map(({ height }) => height),
  };
}

const heights = { ALARM: 1, OK: 0, INSUFFICIENT_DATA: null } as const;

function clip(bands: readonly Band[], span: Span): readonly Band[] {
  return bands
    .map(({ from, to, state }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to), state }))
    .filter(({ from, to }) => from < to);
}
