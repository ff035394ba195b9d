import * as v from 'valibot';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { SourceState } from '../../domain/logs/source.ts';
import { empty, index, type Init, type ViewError } from './common.ts';
import type { Incoming } from './incoming.ts';

const name = v.pipe(v.string(), v.maxLength(253));
const objectRef = v.strictObject({
  cluster: v.strictObject({ context: v.string(), server: v.string(), cluster: v.string() }),
  group: v.string(),
  version: v.string(),
  resource: name,
  kind: name,
  namespace: name,
  name,
  uid: v.string(),
});

const options = {
  container: v.optional(name),
  previous: v.boolean(),
  /** As long as the days that a node keeps logs for. */
  sinceSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(30 * 86_400))),
};

/** What the panel is restored from after a reload of the window. */
export const logsPersisted = v.object({ object: objectRef, ...options });
export interface LogsPersisted {
  readonly object: ObjectRef;
  readonly container?: string | undefined;
  readonly previous: boolean;
  readonly sinceSeconds?: number | undefined;
}

const shown = v.strictObject({
  filter: v.strictObject({
    text: v.pipe(v.string(), v.maxLength(1000)),
    regex: v.boolean(),
    matchCase: v.boolean(),
    invert: v.boolean(),
  }),
  timestamps: v.boolean(),
});
export type Shown = v.InferOutput<typeof shown>;

export const logsToHost = {
  /** The page has been made (anew) and wants everything. */
  ready: empty,
  setOptions: v.strictObject(options),
  pause: empty,
  resume: empty,
  clear: empty,
  /** The lines that the page shows, as text. */
  copy: shown,
  save: shown,
  remedy: index,
};
export type LogsToHost = Incoming<typeof logsToHost>;

export interface LogsToView {
  init: Init<LogsPersisted>;
  /** What is new since the last message, and at most ten a second. */
  lines: LogLines;
  status: LogsStatus;
}

/** Source, time (ms, 0: unknown) and text of a line. */
export type WireLine = readonly [source: number, at: number, text: string];

export interface LogLines {
  /** The number of the first of them. */
  readonly from: number;
  readonly lines: readonly WireLine[];
  /** Lines before this number are gone. */
  readonly first: number;
}

export interface LogsStatus {
  readonly persisted: LogsPersisted;
  readonly paused: boolean;
  /** Have the object's pods been read? */
  readonly known: boolean;
  /** By the number that lines give; never fewer than before. */
  readonly sources: readonly ShownSource[];
  /** Containers that are too many to be read at once. */
  readonly leftOut: number;
  /** Lines that had to go because no more than `kept` are. */
  readonly dropped: number;
  readonly kept: number;
  readonly error?: ViewError;
}

export interface ShownSource {
  readonly pod: string;
  readonly container: string;
  /** Tells it apart from the others. */
  readonly label: string;
  readonly state: SourceState;
}
