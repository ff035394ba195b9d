import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../../core/l10n.ts';
import { compile, everything } from '../../../domain/logs/filter.ts';
import { ErrorNotice, Notice } from '../shared/notice.tsx';
import { LineList } from './line-list.tsx';
import type { LogsProps } from './model.ts';
import { Search } from './search.tsx';
import { Sources } from './sources.tsx';
import { stateOf } from './states.ts';
import { Toolbar } from './toolbar.tsx';

export function LogsPage(props: LogsProps) {
  const { look } = props;
  const [mark, setMark] = useState<number>();
  const search = useRef<HTMLInputElement>(null);
  const matcher = useMemo(() => compile(look.filter), [look.filter]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
      event.preventDefault();
      search.current?.select();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <main class="logs-page">
      <Header {...props} />
      <Toolbar {...props} />
      <Search {...props} matcher={matcher} mark={mark} setMark={setMark} input={search} />
      <Sources {...props} />
      <Problems {...props} />
      <LineList {...props} matcher={'problem' in matcher ? everything : matcher} mark={mark} />
    </main>
  );
}

function Header({ status }: LogsProps) {
  const { cluster, namespace, kind, name } = status.persisted.object;
  const { container } = status.persisted;
  return (
    <header class="logs-header">
      <h1>{container === undefined ? name : `${name} › ${container}`}</h1>
      <p class="muted">{[cluster.context, namespace, kind].join(' › ')}</p>
      <p class="muted logs-state" role="status">
        {stateOf(status)}
      </p>
    </header>
  );
}

function Problems({ status, host, lines }: LogsProps) {
  const { error, dropped, kept, leftOut } = status;
  return (
    <>
      {error && <ErrorNotice error={error} onRemedy={(index) => host.send('remedy', { index })} />}
      {leftOut > 0 && (
        <Notice kind="warning">{t('{0} more containers are not read: choose one, or a single pod.', leftOut)}</Notice>
      )}
      {dropped > 0 && lines.first > 0 && (
        <p class="muted logs-dropped">
          {t('The newest {0} lines are kept; {1} older ones were dropped.', number(kept), number(dropped))}
        </p>
      )}
    </>
  );
}

function number(value: number): string {
  return value.toLocaleString(document.documentElement.lang);
}
