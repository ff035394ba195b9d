import type { Container, ContainerExit, Pod, Warning } from '../../src/domain/kubernetes/model.ts';
import { minute, noon } from './attention.ts';
import { aContainer, aPod, aWarning } from './builders/kubernetes.ts';

export const started = noon - 60 * minute;
export const exitOf = (code: number, over: Partial<ContainerExit> = {}): ContainerExit => {
  return { code, signal: 0, reason: 'Error', at: noon - 2 * minute, ...over };
};
export const waiting = (reason: string, message = '') => ({ kind: 'waiting', reason, message }) as const;
export const looping = (over: Partial<Container> = {}): Container =>
  aContainer({ ready: false, restarts: 5, state: waiting('CrashLoopBackOff'), lastExit: exitOf(1), ...over });
export const ready = (status: string, changedAt: number) => ({
  type: 'Ready',
  status,
  reason: '',
  message: '',
  changedAt,
});
export const podWith = (over: Partial<Pod> = {}): Pod => aPod({ startedAt: started, ...over });
export const podOf = (container: Container, over: Partial<Pod> = {}): Pod =>
  podWith({ containers: [container], ...over });
export const unhealthy = (message: string, over: Partial<Warning> = {}): Warning =>
  aWarning({ reason: 'Unhealthy', message, firstAt: noon - 5 * minute, lastAt: noon - minute, count: 7, ...over });
