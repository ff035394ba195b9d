import { useLayoutEffect, useState } from 'preact/hooks';
import type { LogsProps } from './model.ts';

/** What the lines are laid out by: a row's height and the box's, px, and how many characters of text fit. */
export interface Measures {
  readonly row: number;
  readonly height: number;
  readonly columns: number;
}

/** As wide as the times and the names are drawn (logs.css), characters. */
const timeColumns = 14;
const nameColumns = 26;

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
        character: ruler.width / 100,
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(current);
    measure();
    return () => observer.disconnect();
  }, []);
  const beside = 2 + (look.timestamps ? timeColumns : 0) + (status.sources.length > 1 ? nameColumns : 0);
  const columns = Math.max(20, Math.floor(size.width / size.character) - beside);
  return { row: size.row, height: size.height, columns };
}
