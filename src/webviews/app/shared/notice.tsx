import type { ComponentChildren } from 'preact';
import type { ViewError } from '../../contract/common.ts';
import { Icon } from './icon.tsx';

interface NoticeProps {
  readonly kind: 'info' | 'warning' | 'error';
  readonly children: ComponentChildren;
}

/** A sentence that matters, in its own box. */
export function Notice({ kind, children }: NoticeProps) {
  return (
    <div class={`notice notice-${kind}`} role={kind === 'error' ? 'alert' : 'note'}>
      <Icon name={kind} />
      <div class="notice-text">{children}</div>
    </div>
  );
}

interface ErrorNoticeProps {
  readonly error: ViewError;
  readonly kind?: 'warning' | 'error';
  readonly before?: string | undefined;
  readonly onRemedy: (index: number) => void;
}

/** What went wrong, and each way out as a button. */
export function ErrorNotice({ error, kind = 'error', before, onRemedy }: ErrorNoticeProps) {
  return (
    <Notice kind={kind}>
      <p>
        {before !== undefined && <strong>{before} </strong>}
        {error.message}
      </p>
      {error.remedies.length > 0 && (
        <div class="buttons">
          {error.remedies.map((label, index) => (
            <button key={label} type="button" class="secondary" onClick={() => onRemedy(index)}>
              {label}
            </button>
          ))}
        </div>
      )}
    </Notice>
  );
}
