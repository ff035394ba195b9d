import type { Matcher } from '../../../domain/logs/filter.ts';

/** As many places of one line as are worth marking. */
const most = 100;

/** A text with what was found in it marked. */
export function Marked({ text, matcher }: { readonly text: string; readonly matcher: Matcher }) {
  const parts: (string | preact.JSX.Element)[] = [];
  let from = 0;
  for (const [start, end] of matcher.places(text)) {
    if (parts.length >= 2 * most) break;
    parts.push(text.slice(from, start), <mark key={start}>{text.slice(start, end)}</mark>);
    from = end;
  }
  return (
    <>
      {parts}
      {text.slice(from)}
    </>
  );
}
