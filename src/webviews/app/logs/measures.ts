import { useLayoutEffect, useState } from 'preact/hooks';
import type { LogsStatus } from '../../contract/logs.ts';
import type { LogsProps } from './model.ts';

/** What the lines are laid out by: a row's height and the box's, px, and how many characters of text fit. */
export interface Measures {
  readonly row: number;
  readonly height: number;
  readonly columns: number;
  /** Of the names beside the lines, characters; 0 where one source speaks alone. */
  readonly names: number;
}

/** So many characters are measured: enough for their width, and fewer than a narrow box holds. */
export const rulerLength = 20;
/** As wide as the times are drawn (logs.css), characters. */
const timeColumns = 14;
const widestNames = 26;

/** Measured again when the box or its font changes. */
export function useMeasures(
  box: { readonly current: HTMLDivElement | null },
  { look, status }: Pick<LogsProps, 'look' | 'status'>,
): Measures {
  const [size, setSize] = useState({ row: 18, height: 600, width: 800, character: 8 });
  useLayoutEffect(() => {
    const { current } = box;
    if (!current) return undefined;
    const measure = () => {
      const ruler = current.querySelector('.logs-ruler')?.getBoundingClientRect();
      if (!ruler || ruler.height === 0) return;
      setSize({
        row: Math.round(ruler.height),
        height: current.clientHeight,
        width: current.clientWidth,
        character: ruler.width / rulerLength,
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, []);
  const all = Math.floor(size.width / size.character);
  const names = nameColumns(status, all);
  const beside = 2 + (look.timestamps ? timeColumns : 0) + names;
  return { row: size.row, height: size.height, columns: Math.max(20, all - beside), names };
}

/** As the longest name needs, and no more than a quarter of the row. */
function nameColumns({ sources }: LogsStatus, all: number): number {
  if (sources.length < 2) return 0;
  const longest = Math.max(...sources.map(({ label }) => label.length));
  return Math.min(longest + 2, widestNames, Math.max(6, Math.floor(all / 4)));
}
