import { t } from '../../core/l10n.ts';
import { oneLine } from '../../core/text.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ObjectEvent } from '../../domain/kubernetes/reader.ts';
import { ago, fullTime } from '../../ui/time.ts';
import { inWords } from './in-words.ts';

/** A table of events in the given order; `now` is the server's time. */
export function eventsText(object: ObjectRef, events: readonly ObjectEvent[], now: number): string {
  const rows = events.map((event) => row(object, event, now));
  const none = t('Nothing was reported of it. The server forgets events after an hour, unless it was told otherwise.');
  return [inWords(object), t('Read at {0}', fullTime(now)), '', ...(rows.length > 0 ? table(rows) : [none]), ''].join(
    '\n',
  );
}

function row({ uid }: ObjectRef, event: ObjectEvent, now: number): readonly string[] {
  const { about, type, count, reason, source, lastAt } = event;
  const message = event.message.trim().replace(/\s*[\r\n]+\s*/g, ' ⏎ ');
  const own = about.uid === uid || about.kind === 'Node';
  return [ago(lastAt, now), `×${count}`, type, reason, own ? '' : `${about.kind}/${about.name}`, source, message].map(
    oneLine,
  );
}

/** Columns that hold nothing are left out; the last one, the message, is as long as it is. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<readonly number[]>(
    (widest, cells) => cells.map((cell, column) => Math.max(cell.length, widest[column] ?? 0)),
    [],
  );
  return rows.map((cells) =>
    cells
      .flatMap((cell, column) => (widths[column] ? [cell.padEnd(widths[column])] : []))
      .join('  ')
      .trimEnd(),
  );
}
