import { objectsAt } from '../kubernetes/field-path.ts';
import type { Json, JsonObject } from '../remediation/json.ts';
import { annotationOf } from './sources.ts';

/** How visitors come to one of an ingress's hosts: what they type, and where the load balancer really is. */
export interface Entrance {
  readonly url: string;
  /** The load balancer's IP address or DNS name, from the ingress's status. */
  readonly address: string;
}

export interface Entrances {
  readonly asked: readonly Entrance[];
  /** Hosts that are not asked: wildcards, and those above the limit. */
  readonly others: readonly string[];
}

/** More are not asked: a probe is a sample, and each costs the site a request. */
export const mostAsked = 10;

/** The hosts of an ingress's rules and certificates; without any, the load balancer's own name. */
export function entrancesOf(ingress: JsonObject): Entrances {
  const { dnsName, address } = placeOf(ingress);
  if (address === undefined) return { asked: [], others: hostsOf(ingress) };
  const { protocol, port } = listenerOf(ingress);
  const hosts = hostsOf(ingress);
  const names = hosts.filter((host) => /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/.test(host));
  const asked = (hosts.length === 0 && dnsName !== undefined ? [dnsName] : names).slice(0, mostAsked);
  return {
    asked: asked.map((host) => ({ url: new URL(`${protocol}://${host}:${port}/`).href, address })),
    others: hosts.filter((host) => !asked.includes(host)),
  };
}

/** The load balancer's DNS name, by which AWS is asked for it. */
export function dnsNameOf(ingress: JsonObject): string | undefined {
  return placeOf(ingress).dnsName;
}

function placeOf(ingress: JsonObject) {
  const entry = objectsAt(ingress, 'status.loadBalancer.ingress')[0] ?? {};
  const [dnsName, ip] = [textOf(entry['hostname']), textOf(entry['ip'])];
  return { dnsName, address: ip ?? dnsName };
}

/** Of its rules and certificates. */
export function hostsOf(ingress: JsonObject): readonly string[] {
  const ofRules = objectsAt(ingress, 'spec.rules').map(({ host }) => textOf(host));
  const ofTls = objectsAt(ingress, 'spec.tls').flatMap(({ hosts }) => (Array.isArray(hosts) ? hosts.map(textOf) : []));
  return [...new Set([...ofRules, ...ofTls])].filter((host) => host !== undefined);
}

interface Listener {
  readonly protocol: 'http' | 'https';
  readonly port: number;
}

/**
 * HTTPS where there is any. Without `listen-ports` the controller opens 443 where it has a certificate, else 80.
 * Source: AWS Load Balancer Controller, "Ingress annotations", listen-ports and certificate-arn.
 */
function listenerOf(ingress: JsonObject): Listener {
  const listeners = listenPorts(annotationOf(ingress, 'alb.ingress.kubernetes.io/listen-ports') ?? '');
  const [first] = [...listeners].sort((a, b) => Number(b.protocol === 'https') - Number(a.protocol === 'https'));
  if (first) return first;
  const hasCertificate =
    annotationOf(ingress, 'alb.ingress.kubernetes.io/certificate-arn') !== undefined ||
    objectsAt(ingress, 'spec.tls').length > 0;
  return hasCertificate ? { protocol: 'https', port: 443 } : { protocol: 'http', port: 80 };
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`; nothing where it cannot be read. */
function listenPorts(text: string): readonly Listener[] {
  return entries(text).flatMap(([name, port]): Listener[] => {
    if (typeof port !== 'number' || !Number.isInteger(port) || port < 1 || port > 65_535) return [];
    if (name === 'HTTPS') return [{ protocol: 'https', port }];
    return name === 'HTTP' ? [{ protocol: 'http', port }] : [];
  });
}

function entries(text: string): [string, unknown][] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.flatMap((each: unknown) => Object.entries(each ?? {})) : [];
  } catch {
    return [];
  }
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
