import type { AlarmHistoryItem, AlarmState } from '../alarms/model.ts';
import type { Band } from './model.ts';
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

function clip(bands: readonly Band[], span: Span): readonly Band[] {
  return bands
    .map(({ from, to, state }) => ({ from: Math.max(from, span.from), to: Math.min(to, span.to), state }))
    .filter(({ from, to }) => from < to);
}
