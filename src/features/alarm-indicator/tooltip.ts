import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import type { AlarmFeed, ScopeAlarms } from '../../domain/alarms/source.ts';
import { summarize } from '../../domain/alarms/summary.ts';
import { escapeMarkdown } from '../../ui/markdown.ts';
import { duration, timeOfDay } from '../../ui/time.ts';
import { placeOf } from '../alarms/place.ts';

/** Every scope: whose it is, its counts, how news arrives, as of when. Markdown that shows names as they are. */
export function tooltipOf(scopes: readonly ScopeAlarms[], now: number): string {
  return scopes.map((scope) => scopeText(scope, now)).join('\n\n---\n\n');
}

function scopeText(scope: ScopeAlarms, now: number): string {
  const lines = [
    placeOf(scope),
    countsText(scope),
    ageText(scope, now),
    feedText(scope.feed),
    scope.feed.problem ?? '',
  ];
  const body = lines.filter(Boolean).map(escapeMarkdown).join('  \n');
  return `**${escapeMarkdown(scope.scope.label)}**  \n${body}`;
}

function countsText(scope: ScopeAlarms): string {
  if (!valueOf(scope.alarms)) return '';
  const { ALARM, INSUFFICIENT_DATA, OK } = summarize([scope]).counts;
  return t('{0} in alarm, {1} without data, {2} OK', ALARM, INSUFFICIENT_DATA, OK);
}

function ageText({ alarms }: ScopeAlarms, now: number): string {
  switch (alarms.state) {
    case 'loading':
      return t('not read yet');
    case 'ready':
      return t('as of {0}', timeOfDay(alarms.at, now));
    case 'stale':
      return t('unknown for {0}: {1}', duration(now - alarms.since), alarms.error.message);
    case 'failed':
      return t('unknown: {0}', alarms.error.message);
  }
}

function feedText(feed: AlarmFeed): string {
  return feed.slowed ? `${modeText(feed)}; ${t('slower because AWS asks')}` : modeText(feed);
}

function modeText({ mode, pollSeconds, callsPerMinute }: AlarmFeed): string {
  const calls = t('{0} calls in the last minute', callsPerMinute);
  switch (mode) {
    case 'push':
      return t('pushed by the queue, asked every {0} s; {1}', pollSeconds, calls);
    case 'poll':
      return t('asked every {0} s; {1}', pollSeconds, calls);
    case 'paused':
      return t('not asked while the window is not in use; {0}', calls);
  }
}
