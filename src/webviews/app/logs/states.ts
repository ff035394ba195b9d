import { t } from '../../../core/l10n.ts';
import type { SourceState } from '../../../domain/logs/source.ts';
import type { LogsStatus } from '../../contract/logs.ts';

/** How the log as a whole is, in a few words. */
export function stateOf({ sources, paused, known, persisted, error }: LogsStatus): string {
  if (paused) return t('Paused');
  if (!known) return error ? '' : t('Loading…');
  if (persisted.previous) return t('Previous run');
  const live = sources.filter(({ state }) => state.kind === 'live').length;
  if (live > 0) return live === 1 ? t('Following') : t('Following {0} containers', live);
  const [first] = sources;
  // what failed is told by its notice
  return first && first.state.kind !== 'failed' ? stateInWords(first.state) : '';
}

/** How one container's log is. */
export function stateInWords({ kind, message }: SourceState): string {
  switch (kind) {
    case 'connecting':
      return t('Waiting for lines…');
    case 'live':
      return t('Following');
    case 'cut':
      return t('Connecting again…');
    case 'paused':
      return t('Paused');
    case 'ended':
      return t('Ended');
    case 'gone':
      return t('The pod is gone');
    case 'waiting':
    case 'none':
    case 'failed':
      return message ?? '';
  }
}

/** Why there is no line to see. */
export function emptyWords(status: LogsStatus, isFiltered: boolean, isSearching: boolean): string {
  const { sources, known, error, persisted } = status;
  if (error) return '';
  if (isSearching) return t('Searching…');
  if (isFiltered) return t('No line matches the filter.');
  if (!known) return t('Loading…');
  if (sources.length === 0) return t('{0} has no pods now. Those that come are followed.', persisted.object.name);
  const speaking = sources.filter(({ state }) => state.kind !== 'live' && state.kind !== 'paused');
  if (speaking.length < sources.length) return t('Nothing was logged yet.');
  if (speaking.every(({ state }) => state.kind === 'ended')) return t('Nothing was logged.');
  return [...new Set(sources.map(({ state }) => stateInWords(state)))].join(' ');
}
