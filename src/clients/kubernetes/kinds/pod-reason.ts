import type { RawContainerStatus } from './container-status.ts';
import { isSidecar } from './pod-spec.ts';
import type { RawPodSpec, RawPodStatus } from './pod-shape.ts';

/**
 * What `kubectl get pods` shows as STATUS, empty where that is the phase itself.
 * Source: printPod in k8s.io/kubernetes pkg/printers/internalversion/printers.go.
 */
export function podReason(spec: RawPodSpec, status: RawPodStatus, deleting: boolean): string {
  if (deleting) return status.reason === 'NodeLost' ? 'Unknown' : 'Terminating';
  return initReason(spec, status) ?? containersReason(status) ?? status.reason ?? '';
}

/** `Init:…` while an init container has not done its work; a sidecar has when it is started. */
function initReason(spec: RawPodSpec, status: RawPodStatus): string | undefined {
  if (isTrue(status, 'Initialized')) return undefined;
  const sidecars = new Set((spec.initContainers ?? []).filter(isSidecar).map(nameOf));
  const all = status.initContainerStatuses ?? [];
  const index = all.findIndex((one) => !(exitedWell(one) || (sidecars.has(one.name) && one.started)));
  const blocking = all[index];
  if (!blocking) return undefined;
  if (blocking.state?.terminated) return `Init:${exitReason(blocking)}`;
  const waiting = blocking.state?.waiting?.reason;
  if (waiting && waiting !== 'PodInitializing') return `Init:${waiting}`;
  return `Init:${index}/${(spec.initContainers ?? all).length}`;
}

/** The first container that waits or has ended says it for all, unless it ended well and others still run. */
function containersReason(status: RawPodStatus): string | undefined {
  const all = status.containerStatuses ?? [];
  const first = all.find(({ state }) => (state?.waiting?.reason ?? '') !== '' || state?.terminated !== undefined);
  if (!first) return undefined;
  const reason = first.state?.waiting?.reason ?? exitReason(first);
  if (reason !== 'Completed' || !all.some(({ ready, state }) => ready && state?.running)) return reason;
  return isTrue(status, 'Ready') ? '' : 'NotReady';
}

function exitReason({ state }: RawContainerStatus): string {
  const { reason, signal = 0, exitCode = 0 } = state?.terminated ?? {};
  if (reason) return reason;
  return signal === 0 ? `ExitCode:${exitCode}` : `Signal:${signal}`;
}

function exitedWell({ state }: RawContainerStatus): boolean {
  return state?.terminated !== undefined && (state.terminated.exitCode ?? 0) === 0;
}

function isTrue(status: RawPodStatus, type: string): boolean {
  return status.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

function nameOf(container: { readonly name?: string }): string | undefined {
  return container.name;
}
