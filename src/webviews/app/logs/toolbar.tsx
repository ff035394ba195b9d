import { t } from '../../../core/l10n.ts';
import { Icon } from '../shared/icon.tsx';
import type { Look } from './look.ts';
import type { LogsProps } from './model.ts';

export function Toolbar(props: LogsProps) {
  return (
    <div class="toolbar-row" role="toolbar" aria-label={t('Logs')}>
      <PauseButton {...props} />
      <Since {...props} />
      <Containers {...props} />
      <Previous {...props} />
      <Looks {...props} />
      <Outputs {...props} />
    </div>
  );
}

function PauseButton({ status, host }: LogsProps) {
  const { paused, persisted } = status;
  return (
    <button
      type="button"
      class="secondary logs-pause"
      disabled={persisted.previous}
      onClick={() => host.send(paused ? 'resume' : 'pause', {})}
    >
      <Icon name={paused ? 'play' : 'pause'} />
      {paused ? t('Resume') : t('Pause')}
    </button>
  );
}

const minute = 60;
const spans: readonly (readonly [seconds: number, label: () => string])[] = [
  [5 * minute, () => t('Last 5 minutes')],
  [15 * minute, () => t('Last 15 minutes')],
  [60 * minute, () => t('Last hour')],
  [6 * 60 * minute, () => t('Last 6 hours')],
  [24 * 60 * minute, () => t('Last 24 hours')],
];

function Since({ status, host }: LogsProps) {
  const { container, previous, sinceSeconds } = status.persisted;
  const choose = (value: string) => {
    const chosen = Number(value);
    host.send('setOptions', { ...optional({ container }), previous, ...(chosen > 0 && { sinceSeconds: chosen }) });
  };
  return (
    <select
      aria-label={t('From when')}
      value={String(sinceSeconds ?? 0)}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="0">{t('Last lines')}</option>
      {spans.map(([seconds, label]) => (
        <option key={seconds} value={String(seconds)}>
          {label()}
        </option>
      ))}
    </select>
  );
}

/** The containers of all pods, by name; with one there is nothing to choose. */
function Containers({ status, host }: LogsProps) {
  const { container, previous, sinceSeconds } = status.persisted;
  const names = [...new Set([...status.sources.map((source) => source.container), ...(container ? [container] : [])])];
  if (names.length < 2 && container === undefined) return null;
  const choose = (value: string) =>
    host.send('setOptions', { ...optional({ container: value || undefined, sinceSeconds }), previous });
  return (
    <select aria-label={t('Container')} value={container ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{t('All containers')}</option>
      {names.map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Previous({ status, host }: LogsProps) {
  const { container, previous, sinceSeconds } = status.persisted;
  return (
    <button
      type="button"
      class="tool"
      aria-pressed={previous}
      title={t('What the containers said before they were last restarted')}
      onClick={() => host.send('setOptions', { ...optional({ container, sinceSeconds }), previous: !previous })}
    >
      {t('Previous')}
    </button>
  );
}

function Looks({ look, setLook }: LogsProps) {
  const toggle = (key: 'timestamps' | 'wrap', label: string) => (
    <button type="button" class="tool" aria-pressed={look[key]} onClick={() => setLook(toggled(look, key))}>
      {label}
    </button>
  );
  return (
    <>
      {toggle('timestamps', t('Times'))}
      {toggle('wrap', t('Wrap'))}
    </>
  );
}

function toggled(look: Look, key: 'timestamps' | 'wrap'): Look {
  return { ...look, [key]: !look[key] };
}

function Outputs({ look, host, shown }: LogsProps) {
  const { filter, only, timestamps } = look;
  const what = { filter: only ? filter : { ...filter, text: '' }, timestamps };
  return (
    <div class="tools">
      <button type="button" class="tool" disabled={shown.count === 0} onClick={() => host.send('copy', what)}>
        {t('Copy')}
      </button>
      <button type="button" class="tool" disabled={shown.count === 0} onClick={() => host.send('save', what)}>
        <Icon name="export" />
        {t('Save…')}
      </button>
      <button type="button" class="tool" disabled={shown.count === 0} onClick={() => host.send('clear', {})}>
        {t('Clear')}
      </button>
    </div>
  );
}

/** Without the keys that have no value. */
function optional<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
