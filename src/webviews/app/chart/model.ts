import type { ChartToHost, ChartUpdate } from '../../contract/chart.ts';
import type { Host } from '../shared/host.ts';
import type { Look } from './look.ts';

export interface ChartProps {
  readonly update: ChartUpdate;
  readonly look: Look;
  readonly host: Host<ChartToHost>;
  readonly setLook: (look: Look) => void;
}
