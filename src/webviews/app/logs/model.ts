import type { LogBuffer } from '../../../domain/logs/buffer.ts';
import type { LogLine } from '../../../domain/logs/line.ts';
import type { LogsStatus, LogsToHost } from '../../contract/logs.ts';
import type { Host } from '../shared/host.ts';
import type { Look } from './look.ts';
import type { ShownLines } from './shown-lines.ts';

export interface LogsProps {
  readonly status: LogsStatus;
  readonly look: Look;
  readonly host: Host<LogsToHost>;
  readonly setLook: (look: Look) => void;
  readonly lines: LogBuffer<LogLine>;
  readonly shown: ShownLines;
}
