import type { MetricSource } from '../../../domain/metrics/model.ts';
import type { ChartToHost, ChartUpdate } from '../../contract/chart.ts';
import type { Host } from '../shared/host.ts';
import type { Look } from './look.ts';

export interface ChartProps {
  readonly update: ChartUpdate;
  readonly sources: readonly MetricSource['id'][];
  readonly look: Look;
  readonly host: Host<ChartToHost>;
  setLook(look: Look): void;
}
