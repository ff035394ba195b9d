import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../core/l10n.ts';
import type { Matcher } from '../../../domain/logs/filter.ts';
import { levelOf } from '../../../domain/logs/level.ts';
import type { LogLine } from '../../../domain/logs/line.ts';
import type { LogsProps } from './model.ts';
import { type Measures, rulerLength, useMeasures } from './measures.ts';
import { Marked } from './marked.tsx';
import { colourOf } from './sources.tsx';
import { emptyWords } from './states.ts';

/** Rows drawn beyond what is seen, so that scrolling shows no holes. */
const spare = 20;

interface LineListProps extends LogsProps {
  /** Finds what to mark in the lines. */
  readonly matcher: Matcher;
  /** The number of the line to bring into view. */
  readonly mark: number | undefined;
}

/** Only the lines in view are in the document, however many there are. At the end it stays there as lines come. */
export function LineList(props: LineListProps) {
  const { shown, status, look, mark } = props;
  const box = useRef<HTMLDivElement>(null);
  const measures = useMeasures(box, props);
  shown.wrapAt(look.wrap ? measures.columns : Infinity);
  const { top, isAtEnd, onScroll, toEnd } = useScrolling(box, props, measures);
  const { row } = measures;
  const first = shown.indexAt(Math.max(0, Math.floor(top / row) - spare));
  const last = Math.min(shown.count, shown.indexAt(Math.ceil((top + measures.height) / row) + spare) + 1);
  const indexes = Array.from({ length: Math.max(0, last - first) }, (_, offset) => first + offset);
  return (
    <div class="logs-box">
      <div
        ref={box}
        class={look.wrap ? 'logs-lines wrapped mono' : 'logs-lines mono'}
        role="log"
        aria-live="off"
        aria-label={t('Lines of {0}', status.persisted.object.name)}
        tabIndex={0}
        style={{ '--names': `${measures.names}ch` }}
        onScroll={onScroll}
      >
        <div class="logs-ruler" aria-hidden="true">
          {'x'.repeat(rulerLength)}
        </div>
        <div style={{ height: `${shown.top(first) * row}px` }} />
        {indexes.map((index) => {
          const entry = shown.at(index);
          if (!entry) return null;
          const { line, number, rows } = entry;
          return <Row key={number} {...props} line={line} height={rows * row} isMarked={number === mark} />;
        })}
        <div style={{ height: `${(shown.rows - shown.top(last)) * row}px` }} />
      </div>
      {shown.count === 0 && <p class="empty">{emptyWords(status, isFiltered(props), shown.isBehind)}</p>}
      {!isAtEnd && (
        <button type="button" class="secondary logs-newest" onClick={toEnd}>
          {t('To the newest line')}
        </button>
      )}
    </div>
  );
}

function isFiltered({ look, lines }: LineListProps): boolean {
  return look.only && look.filter.text !== '' && lines.end > lines.first;
}

/** Follows the end until somebody scrolls up; what goes at the top does not move what is read. */
function useScrolling(box: { readonly current: HTMLDivElement | null }, props: LineListProps, { row }: Measures) {
  const { shown, mark } = props;
  const [top, setTop] = useState(0);
  const [isAtEnd, setAtEnd] = useState(true);
  const gone = useRef(shown.gone);
  const end = shown.rows * row;
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return;
    const went = shown.gone - gone.current;
    gone.current = shown.gone;
    if (isAtEnd) current.scrollTop = current.scrollHeight;
    else if (went > 0) current.scrollTop -= went * row;
    setTop(current.scrollTop);
  }, [end, shown.gone, isAtEnd]);
  useLayoutEffect(() => {
    const { current } = box;
    const index = mark === undefined ? undefined : shown.indexOf(mark);
    if (!current || index === undefined) return;
    setAtEnd(false);
    current.scrollTop = shown.top(index) * row - current.clientHeight / 2;
  }, [mark]);
  const onScroll = ({ currentTarget: it }: { readonly currentTarget: HTMLDivElement }) => {
    const isThere = it.scrollTop + it.clientHeight >= it.scrollHeight - row;
    // growing moves the end away: only going up leaves it
    if (isThere) setAtEnd(true);
    else if (it.scrollTop < top) setAtEnd(false);
    setTop(it.scrollTop);
  };
  return { top, isAtEnd, onScroll, toEnd: () => setAtEnd(true) };
}

interface RowProps extends LineListProps {
  readonly line: LogLine;
  readonly height: number;
  readonly isMarked: boolean;
}

function Row({ line, height, isMarked, status, look, matcher }: RowProps) {
  const source = status.sources[line.source];
  const several = status.sources.length > 1;
  const level = levelOf(line.text);
  const classes = ['logs-line', several ? colourOf(line.source) : '', level ? `level-${level}` : ''];
  return (
    <div class={[...classes, isMarked ? 'marked' : ''].filter(Boolean).join(' ')} style={{ height: `${height}px` }}>
      {look.timestamps && <time title={line.at ? new Date(line.at).toISOString() : ''}>{clockTime(line.at)} </time>}
      {several && (
        <span class="logs-who" title={source && `${source.pod} › ${source.container}`}>
          {source?.label}{' '}
        </span>
      )}
      <span class="logs-text">
        <Marked text={line.text} matcher={matcher} />
      </span>
    </div>
  );
}

/** Local time to the millisecond: "10:42:07.123". */
function clockTime(at: number): string {
  if (at === 0) return '';
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
