import type { RefObject } from 'preact';
import { t } from '../../../core/l10n.ts';
import type { LogFilter, Matcher } from '../../../domain/logs/filter.ts';
import type { LogsProps } from './model.ts';

interface SearchProps extends LogsProps {
  readonly matcher: Matcher | { readonly problem: string };
  /** The number of the line that is looked at. */
  readonly mark: number | undefined;
  readonly setMark: (mark: number | undefined) => void;
  readonly input: RefObject<HTMLInputElement | null>;
}

/** One field for both: to show only the lines that have a text, or to walk from one to the next among all. */
export function Search(props: SearchProps) {
  const { look, setLook, matcher, input } = props;
  const problem = 'problem' in matcher ? matcher.problem : undefined;
  const change = (part: Partial<LogFilter>) => setLook({ ...look, filter: { ...look.filter, ...part } });
  return (
    <div class="toolbar-row logs-search" role="search">
      <input
        ref={input}
        type="text"
        aria-label={t('Text to look for')}
        placeholder={look.only ? t('Filter') : t('Find')}
        maxLength={1000}
        value={look.filter.text}
        aria-invalid={problem !== undefined}
        aria-describedby="logs-search-problem"
        onInput={(event) => change({ text: event.currentTarget.value })}
        onKeyDown={(event) => onKey(event, props)}
      />
      <Toggle on={look.filter.matchCase} sign="Aa" name={t('Match case')} set={(matchCase) => change({ matchCase })} />
      <Toggle on={look.filter.regex} sign=".*" name={t('Regular expression')} set={(regex) => change({ regex })} />
      <Toggle
        on={look.only}
        name={t('Only matching')}
        title={t('Show only the lines that match')}
        set={(only) => setLook({ ...look, only, filter: { ...look.filter, invert: only && look.filter.invert } })}
      />
      {look.only && (
        <Toggle
          on={look.filter.invert}
          name={t('Invert')}
          title={t('Show the lines that do not match')}
          set={(invert) => change({ invert })}
        />
      )}
      {!look.only && <Walk {...props} />}
      <span class="muted" role="status">
        {look.filter.text === '' || problem !== undefined ? '' : countWords(props)}
      </span>
      <span id="logs-search-problem" class="problem" role="alert">
        {problem}
      </span>
    </div>
  );
}

function countWords({ look, mark, shown, lines }: SearchProps): string {
  const { found } = shown;
  if (look.only) return t('{0} of {1} lines', shown.count, lines.end - lines.first);
  const place = mark === undefined ? -1 : found.indexOf(mark);
  return place < 0 ? t('{0} found', found.length) : t('{0} of {1} found', place + 1, found.length);
}

function onKey(event: KeyboardEvent, props: SearchProps): void {
  const { look, setLook } = props;
  if (event.key === 'Enter' && !look.only) walk(props, event.shiftKey ? -1 : 1);
  if (event.key === 'Escape') setLook({ ...look, filter: { ...look.filter, text: '' } });
}

/** To the next place, from the newest line up, and round. */
function walk({ shown, mark, setMark }: SearchProps, step: 1 | -1): void {
  const { found } = shown;
  if (found.length === 0) return;
  const place = mark === undefined ? -1 : found.indexOf(mark);
  const next = place < 0 ? found.length - 1 : (place + step + found.length) % found.length;
  setMark(found[next]);
}

function Walk(props: SearchProps) {
  const none = props.shown.found.length === 0;
  return (
    <>
      <button
        type="button"
        class="tool"
        disabled={none}
        aria-label={t('Previous match')}
        onClick={() => walk(props, -1)}
      >
        ↑
      </button>
      <button type="button" class="tool" disabled={none} aria-label={t('Next match')} onClick={() => walk(props, 1)}>
        ↓
      </button>
    </>
  );
}

interface ToggleProps {
  readonly on: boolean;
  readonly name: string;
  /** What is drawn instead of the name. */
  readonly sign?: string;
  readonly title?: string;
  readonly set: (on: boolean) => void;
}

function Toggle({ on, name, sign, title = name, set }: ToggleProps) {
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={on}
      aria-label={sign && name}
      title={title}
      onClick={() => set(!on)}
    >
      {sign ?? name}
    </button>
  );
}
