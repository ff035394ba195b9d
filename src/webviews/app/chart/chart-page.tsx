import { useRef, useState } from 'preact/hooks';
import type uPlot from 'uplot';
import { t } from '../../../core/l10n.ts';
import type { ChartData } from '../../../domain/metrics/model.ts';
import { Plot } from '../plot/plot.tsx';
import { hasPoints, summary } from '../plot/read.ts';
import type { View } from '../plot/view.ts';
import { timeOfDay } from '../shared/format.ts';
import { Icon } from '../shared/icon.tsx';
import { ErrorNotice, Notice } from '../shared/notice.tsx';
import { keyAction } from './keyboard.ts';
import { Legend } from '../shared/legend.tsx';
import type { ChartProps } from './model.ts';
import { pictureOf } from './picture.ts';
import { DataTable } from './table.tsx';
import { Toolbar } from './toolbar.tsx';

export function ChartPage(props: ChartProps) {
  const { update, look, host } = props;
  const { data } = update;
  const plot = useRef<uPlot>(undefined);
  const view = viewOf(props);
  const savePicture = () => {
    if (plot.current && data) host.send('exportPng', { png: pictureOf(plot.current, data) });
  };
  return (
    <main class="chart-page" aria-busy={update.loading}>
      <Header {...props} />
      <Toolbar {...props} view={view} savePicture={data && look.mode === 'chart' ? savePicture : undefined} />
      <div class={update.loading ? 'progress' : 'progress idle'} role="progressbar" aria-hidden={!update.loading} />
      <Problems {...props} />
      <Body {...props} view={view} onPlot={(made) => (plot.current = made)} />
      {data && <Footer data={data} {...props} />}
    </main>
  );
}

/** What is in view: the zoom, else all that the data cover. */
function viewOf({ look, update }: ChartProps): View {
  if (look.zoom) return look.zoom;
  if (update.data) return { from: update.data.from, to: update.data.to };
  const { range } = update.persisted;
  return 'last' in range ? { from: Date.now() - range.last * 1000, to: Date.now() } : range;
}

function Header({ update }: ChartProps) {
  const { data, persisted, at } = update;
  const live = 'last' in persisted.range;
  return (
    <header class="page-header">
      <div class="page-names">
        <h1>{data?.title ?? persisted.subject.name}</h1>
        <p class="muted">{data?.subtitle ?? '\u00a0'}</p>
      </div>
      <p class="muted page-fresh">
        {at !== undefined && (live ? t('Live · {0}', timeOfDay(at)) : t('As of {0}', timeOfDay(at)))}
      </p>
    </header>
  );
}

function Problems({ update, host }: ChartProps) {
  const { error, staleSince } = update;
  if (!error) return null;
  const stale = staleSince === undefined ? undefined : t('Not refreshed since {0}.', timeOfDay(staleSince));
  return (
    <ErrorNotice
      error={error}
      kind={stale === undefined ? 'error' : 'warning'}
      before={stale}
      onRemedy={(index) => host.send('remedy', { index })}
    />
  );
}

interface BodyProps extends ChartProps {
  readonly view: View;
  readonly onPlot: (plot: uPlot | undefined) => void;
}

function Body(props: BodyProps) {
  const { update, look, view } = props;
  const { data } = update;
  if (!data) return <p class="empty">{update.error ? '' : t('Loading…')}</p>;
  if (!hasPoints(data)) {
    return <p class="empty">{t('No data points in this range.')}</p>;
  }
  return look.mode === 'table' ? <DataTable data={data} view={view} /> : <Drawing {...props} data={data} />;
}

function Drawing({ data, view, look, setLook, onPlot }: BodyProps & { readonly data: ChartData }) {
  const [cursor, setCursor] = useState<number>();
  const [typed, setTyped] = useState<number>();
  const onKeyDown = (event: KeyboardEvent) => {
    const times = (data.series.find(({ style }) => style !== 'threshold') ?? { times: [] }).times;
    const action = keyAction(event.key, event.shiftKey, { times, full: data, view, cursor });
    if (!action) return;
    event.preventDefault();
    if ('zoom' in action) setLook({ ...look, zoom: action.zoom });
    else {
      setTyped(action.cursor);
      setCursor(action.cursor);
    }
  };
  return (
    <>
      <div
        class="plot-box"
        tabIndex={0}
        role="img"
        aria-label={summary(data)}
        aria-keyshortcuts="ArrowLeft ArrowRight Home End + - Escape"
        title={look.zoom ? t('Escape resets the zoom') : ''}
        onKeyDown={onKeyDown}
        onMouseLeave={() => setCursor(undefined)}
      >
        <Plot
          data={data}
          view={view}
          cursorAt={typed}
          onCursor={setCursor}
          onZoom={(zoom) => setLook({ ...look, zoom })}
          onPlot={onPlot}
        />
      </div>
      <Legend data={data} at={cursor} />
    </>
  );
}

function Footer({ data, host }: ChartProps & { readonly data: ChartData }) {
  return (
    <footer class="page-footer">
      {data.notes.map((note) => (
        <Notice key={note} kind="info">
          {note}
        </Notice>
      ))}
      <Markers data={data} host={host} />
      <div class="source-line">
        <span class="muted">{t('Source: {0}', data.source)}</span>
        {data.links.map((link, index) => (
          <button key={link.url} type="button" class="link" onClick={() => host.send('openLink', { index })}>
            {link.label} <Icon name="external" />
          </button>
        ))}
      </div>
    </footer>
  );
}

/** The actions that the flags stand for, each a way to its page. */
function Markers({ data, host }: Pick<ChartProps, 'host'> & { readonly data: ChartData }) {
  if (data.markers.length === 0) return null;
  return (
    <ul class="markers" aria-label={t('Actions of Jarvis')}>
      {data.markers.map(({ at, label, planId }, index) => (
        <li key={`${at} ${label}`}>
          <span class="flag" aria-hidden="true" />
          <time>{timeOfDay(at)}</time>
          {planId === undefined ? (
            <span>{label}</span>
          ) : (
            <button type="button" class="link" onClick={() => host.send('openMarker', { index })}>
              {label}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
