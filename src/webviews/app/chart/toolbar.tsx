import { useState } from 'preact/hooks';
import { t } from '../../../core/l10n.ts';
import type { TimeRange } from '../../../domain/metrics/model.ts';
import type { View } from '../plot/view.ts';
import { Icon } from '../shared/icon.tsx';
import type { ChartProps } from './model.ts';
import { customRange, presetLabel, presets, toLocalInput } from './ranges.ts';

interface ToolbarProps extends ChartProps {
  readonly view: View;
  readonly savePicture?: (() => void) | undefined;
}

export function Toolbar(props: ToolbarProps) {
  const [custom, setCustom] = useState(!('last' in props.update.persisted.range));
  return (
    <div class="toolbar">
      <div class="toolbar-row" role="toolbar" aria-label={t('Chart')}>
        <Ranges {...props} custom={custom} setCustom={setCustom} />
        <Source {...props} />
        <Tools {...props} />
      </div>
      {custom && <CustomRange {...props} />}
    </div>
  );
}

interface RangesProps extends ChartProps {
  readonly custom: boolean;
  readonly setCustom: (custom: boolean) => void;
}

function Ranges({ update, host, look, setLook, custom, setCustom }: RangesProps) {
  const current = update.persisted.range;
  const choose = (range: TimeRange) => {
    setCustom(false);
    setLook({ ...look, zoom: undefined });
    host.send('setRange', { range });
  };
  return (
    <div class="segments" role="group" aria-label={t('Time range')}>
      {presets.map((last) => (
        <button
          key={last}
          type="button"
          aria-pressed={!custom && 'last' in current && current.last === last}
          onClick={() => choose({ last })}
        >
          {presetLabel(last)}
        </button>
      ))}
      <button type="button" aria-pressed={custom} aria-expanded={custom} onClick={() => setCustom(!custom)}>
        {t('Custom')}
      </button>
    </div>
  );
}

/** Two datetime inputs; what is wrong with them is said where they are typed. */
function CustomRange({ view, host, look, setLook }: ToolbarProps) {
  const [from, setFrom] = useState(() => toLocalInput(view.from));
  const [to, setTo] = useState(() => toLocalInput(view.to));
  const [problem, setProblem] = useState<string>();
  const apply = (event: Event) => {
    event.preventDefault();
    const range = customRange(from, to, Date.now());
    setProblem('problem' in range ? range.problem : undefined);
    if ('problem' in range) return;
    setLook({ ...look, zoom: undefined });
    host.send('setRange', { range });
  };
  return (
    <form class="custom-range" onSubmit={apply}>
      <label>
        {t('From')} <input type="datetime-local" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        {t('To')} <input type="datetime-local" value={to} onInput={(event) => setTo(event.currentTarget.value)} />
      </label>
      <button type="submit" class="secondary">
        {t('Apply')}
      </button>
      <span role="alert" class="problem">
        {problem}
      </span>
    </form>
  );
}

function Source({ update, host }: ChartProps) {
  const { sources } = update;
  if (sources.length < 2) return null;
  return (
    <select
      aria-label={t('Source')}
      value={update.persisted.source ?? sources[0]}
      onChange={(event) => {
        const source = sources.find((id) => id === event.currentTarget.value);
        if (source) host.send('setSource', { source });
      }}
    >
      {sources.map((id) => (
        <option key={id} value={id}>
          {id === 'cloudwatch' ? 'CloudWatch' : id}
        </option>
      ))}
    </select>
  );
}

function Tools({ look, setLook, host, update, savePicture }: ToolbarProps) {
  const table = look.mode === 'table';
  return (
    <div class="tools">
      {look.zoom && (
        <button type="button" class="tool" onClick={() => setLook({ ...look, zoom: undefined })}>
          <Icon name="zoomOut" />
          {t('Reset zoom')}
        </button>
      )}
      <button
        type="button"
        class="tool"
        aria-pressed={table}
        onClick={() => setLook({ ...look, mode: table ? 'chart' : 'table' })}
      >
        <Icon name={table ? 'graph' : 'table'} />
        {table ? t('Chart') : t('Table')}
      </button>
      <button type="button" class="tool" disabled={!update.data} onClick={() => host.send('exportCsv', {})}>
        <Icon name="export" />
        CSV
      </button>
      <button type="button" class="tool" disabled={!savePicture} onClick={() => savePicture?.()}>
        <Icon name="image" />
        PNG
      </button>
    </div>
  );
}
