import { t } from '../../../core/l10n.ts';
import type { LogsProps } from './model.ts';
import { stateInWords } from './states.ts';

/** The class that colours a source; the names beside the lines tell them apart where colours do not. */
export function colourOf(source: number): string {
  return `source-${source % 5}`;
}

/** The containers in view, each with how its log is. One alone is said in the header. */
export function Sources({ status }: LogsProps) {
  const { sources } = status;
  if (sources.length < 2) return null;
  return (
    <ul class="logs-sources" aria-label={t('Containers')} tabIndex={0}>
      {sources.map(({ pod, container, label, state }, index) => (
        <li key={index} class={`logs-source ${colourOf(index)}`} title={`${pod} › ${container}`}>
          <span class="mono">{label}</span> <span class="muted">{stateInWords(state)}</span>
        </li>
      ))}
    </ul>
  );
}
