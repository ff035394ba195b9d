import type { ContainerExit, ContainerState } from '../../../domain/kubernetes/model.ts';
import { type Message, flag, integer, message, part, sharedText, text } from '../protobuf.ts';
import { millis, time } from './meta.ts';

const terminatedShape = {
  exitCode: integer(1),
  signal: integer(2),
  reason: text(3),
  message: text(4),
  finishedAt: time(6),
};
const stateShape = {
  waiting: part(1, message({ reason: text(1), message: text(2) })),
  running: part(2, message({})),
  terminated: part(3, message(terminatedShape)),
};
const statusShape = {
  name: text(1),
  state: part(2, message(stateShape)),
  lastState: part(3, message(stateShape)),
  ready: flag(4),
  restartCount: integer(5),
  imageID: sharedText(7),
  started: flag(9),
};
/** core/v1 ContainerStatus */
export const containerStatus = message(statusShape);
export type RawContainerStatus = Message<typeof statusShape>;

/** What most containers are in is the same object in all of them. */
export const running: ContainerState = Object.freeze({ kind: 'running', reason: '', message: '' });
const unknown: ContainerState = Object.freeze({ kind: 'unknown', reason: '', message: '' });

export function projectState({ waiting, running: runs, terminated }: Message<typeof stateShape> = {}): ContainerState {
  if (runs) return running;
  if (waiting) return { kind: 'waiting', reason: waiting.reason ?? '', message: waiting.message ?? '' };
  if (!terminated) return unknown;
  const exit = projectExit(terminated);
  return { kind: 'terminated', reason: exit.reason, message: terminated.message ?? '', exit };
}

export function projectExit(raw: Message<typeof terminatedShape>): ContainerExit {
  const at = millis(raw.finishedAt);
  return {
    code: raw.exitCode ?? 0,
    signal: raw.signal ?? 0,
    reason: raw.reason ?? '',
    ...(at !== undefined && { at }),
  };
}
