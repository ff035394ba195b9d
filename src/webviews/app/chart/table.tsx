import { useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../../core/l10n.ts';
import type { ChartData } from '../../../domain/metrics/model.ts';
import type { View } from '../plot/view.ts';
import { dateTime, withUnit } from '../shared/format.ts';
import { type Row, rowsOf } from './rows.ts';

const rowHeight = 24;
/** Rows drawn beyond what is seen, so that scrolling shows no holes. */
const spare = 20;

/** The same data as a table, newest first. Only the rows in view are in the document, however many there are. */
export function DataTable({ data, view }: { readonly data: ChartData; readonly view: View }) {
  const rows = useMemo(() => rowsOf(data.series, view.from, view.to), [data, view.from, view.to]);
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const visible = Math.ceil((box.current?.clientHeight ?? 600) / rowHeight);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(rows.length, first + visible + 2 * spare);
  return (
    <div
      class="table-box"
      ref={box}
      tabIndex={0}
      role="region"
      aria-label={t('Data of the chart')}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      <table aria-rowcount={rows.length + 1}>
        <Head data={data} />
        <tbody>
          <Spacer height={first * rowHeight} />
          {rows.slice(first, last).map((row, offset) => (
            <DataRow key={row.at} row={row} data={data} index={first + offset + 2} />
          ))}
          <Spacer height={(rows.length - last) * rowHeight} />
        </tbody>
      </table>
    </div>
  );
}

function Head({ data }: { readonly data: ChartData }) {
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col">{t('Time')}</th>
        {data.series.map(({ id, label }) => (
          <th key={id} scope="col" class="number">
            {label}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function DataRow({ row, data, index }: { readonly row: Row; readonly data: ChartData; readonly index: number }) {
  return (
    <tr aria-rowindex={index}>
      <th scope="row">{dateTime(row.at)}</th>
      {data.series.map(({ id, unit }, column) => {
        const value = row.values[column];
        return (
          <td key={id} class="number">
            {typeof value === 'number' ? (
              withUnit(value, unit)
            ) : (
              <span class="muted">{value === null ? t('no data') : ''}</span>
            )}
          </td>
        );
      })}
    </tr>
  );
}

function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? <tr aria-hidden="true" style={{ height: `${height}px` }} /> : null;
}
