import type { JsonObject } from '../remediation/json.ts';

/** A port that can be asked for, and the pod's own port behind it. */
export interface OfferedPort {
  readonly port: number;
  readonly target: number;
  /** Empty where it has none. */
  readonly name: string;
}

interface PortJson {
  readonly name?: string;
  readonly protocol?: string;
  readonly containerPort?: number;
  readonly port?: number;
  readonly targetPort?: number | string;
}
interface PodJson {
  readonly spec?: { readonly containers?: readonly { readonly ports?: readonly PortJson[] }[] };
}
interface ServiceJson {
  readonly spec?: { readonly ports?: readonly PortJson[] };
}

/** The TCP ports that a pod's containers declare; it may listen on others. */
export function podPorts(pod: JsonObject): readonly OfferedPort[] {
  const declared = ((pod as PodJson).spec?.containers ?? []).flatMap(({ ports = [] }) => ports);
  return declared
    .filter(isTcp)
    .flatMap(({ containerPort: port, name = '' }) => (port === undefined ? [] : [{ port, target: port, name }]));
}

/**
 * The TCP ports of a service that lead to this pod. A target is a number, a name of a container's port, or the service's
 * own port where nothing is said. Source: core/v1 ServicePort.
 */
export function servicePorts(service: JsonObject, pod: JsonObject): readonly OfferedPort[] {
  const own = podPorts(pod);
  return ((service as ServiceJson).spec?.ports ?? []).filter(isTcp).flatMap(({ port, targetPort, name = '' }) => {
    const asked = targetPort ?? port;
    const target = typeof asked === 'string' ? own.find((one) => one.name === asked)?.target : asked;
    return port === undefined || target === undefined ? [] : [{ port, target, name }];
  });
}

function isTcp({ protocol = 'TCP' }: PortJson): boolean {
  return protocol === 'TCP';
}

/** `8080:80`, `8080` for both, `:80` for any free local port. */
export function parsePorts(text: string): { readonly local: number; readonly remote: number } | undefined {
  const [, local, colon, remote] = /^\s*(\d{0,5})\s*(:?)\s*(\d{0,5})\s*$/.exec(text) ?? [];
  const asked = colon ? remote : local;
  if (!asked) return undefined;
  const ports = { local: Number(local), remote: Number(asked) };
  const isPort = (port: number, least: number) => port >= least && port <= 65_535;
  return isPort(ports.local, 0) && isPort(ports.remote, 1) ? ports : undefined;
}

/** What is proposed for a port: itself, or where only root may listen, the usual place for it: 80 at 8080. */
export function proposedPorts({ port }: OfferedPort): string {
  return `${port < 1024 ? port + 8000 : port}:${port}`;
}
