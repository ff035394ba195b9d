import { useState } from 'preact/hooks';
import { t } from '../../../core/l10n.ts';
import type { ChartData } from '../../../domain/metrics/model.ts';
import type { Tick } from '../../../domain/remediation/expectation.ts';
import { isOutcome } from '../../../domain/remediation/run-state.ts';
import { Plot } from '../plot/plot.tsx';
import { summary } from '../plot/read.ts';
import { Legend } from '../shared/legend.tsx';
import { Icon, type IconName } from '../shared/icon.tsx';
import { nothingWatched, tickTime } from './lines.ts';
import type { RunProps } from './model.ts';

/** What is watched on the cluster, each with its own tick, time and window, and the metric as it falls. */
export function VerifyDetail({ state, now, chart }: RunProps) {
  const { ticks, phase } = state;
  const begun = phase === 'running' || phase === 'verifying' || isOutcome(phase);
  if (!begun || nothingWatched(state) || (ticks.length === 0 && !chart)) return null;
  return (
    <div class="detail">
      {ticks.length > 0 && (
        <ul class="ticks">
          {ticks.map((tick) => (
            <TickRow key={tick.id} tick={tick} now={now} />
          ))}
        </ul>
      )}
      {chart && <LiveChart data={chart} />}
    </div>
  );
}

function TickRow({ tick, now }: { readonly tick: Tick; readonly now: number }) {
  const [icon, word] = look(tick.state);
  const spent = tick.startedAt === undefined ? 0 : (tick.endedAt ?? now) - tick.startedAt;
  return (
    <li class={`tick tick-${tick.state}`}>
      <Icon name={icon} />
      <span class="tick-label">{tick.label}</span>
      <span class="tick-seen">{tick.seen ?? ''}</span>
      <span class="muted tick-word">{word}</span>
      <span class="muted number">{tickTime(tick, now)}</span>
      {tick.state === 'watching' && (
        <progress max={tick.withinMs} value={Math.min(spent, tick.withinMs)} aria-label={tick.label} />
      )}
    </li>
  );
}

function look(state: Tick['state']): readonly [IconName, string] {
  switch (state) {
    case 'waiting':
      return ['circle', t('to come')];
    case 'watching':
      return ['running', t('watching')];
    case 'met':
      return ['pass', t('seen')];
    case 'missed':
      return ['error', t('not seen')];
  }
}

function LiveChart({ data }: { readonly data: ChartData }) {
  const [cursor, setCursor] = useState<number>();
  return (
    <>
      <div class="live-chart" role="img" aria-label={summary(data)} onMouseLeave={() => setCursor(undefined)}>
        <Plot data={data} view={data} compact onCursor={setCursor} onZoom={() => undefined} />
      </div>
      <Legend data={data} at={cursor} />
    </>
  );
}
