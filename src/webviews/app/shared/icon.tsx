/** The icons in use; the stylesheet has a rule for each. */
export type IconName =
  | 'pass'
  | 'circle'
  | 'dot'
  | 'running'
  | 'error'
  | 'warning'
  | 'info'
  | 'cancelled'
  | 'skipped'
  | 'waiting'
  | 'chevron'
  | 'external'
  | 'graph'
  | 'table'
  | 'export'
  | 'image'
  | 'undo'
  | 'refresh'
  | 'person'
  | 'zoomOut'
  | 'log'
  | 'owner'
  | 'play'
  | 'pause';

/** Decoration: what it says is always written beside it too. */
export function Icon({ name }: { readonly name: IconName }) {
  return <span class={`icon icon-${name}`} aria-hidden="true" />;
}
