import { isCancelled } from '../../../core/errors.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { textAt } from '../../kubernetes/field-path.ts';
import type { Ingress } from '../../kubernetes/model.ts';
import { once } from '../../kubernetes/once.ts';
import { dnsNameOf, type Entrances, entrancesOf, mostAsked } from '../../waf/entrances.ts';
import { annotationOf } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';
import type { ClassParams } from './ingress-class.ts';

const groupAnnotation = 'alb.ingress.kubernetes.io/group.name';

/**
 * Other ingresses of the group: all that name it and all that have the same load balancer, of whatever namespace. The
 * class's parameters name a group for all of its ingresses. Undefined: this user may not look for them.
 * Source: AWS Load Balancer Controller, "Ingress annotations", group.name, and "IngressClass", group.
 */
export async function groupOf(
  cluster: Cluster,
  ingress: JsonObject,
  { known, params }: ClassParams,
  signal: AbortSignal,
): Promise<readonly Ingress[] | undefined> {
  const ofClass = params && textAt(params, 'spec.group.name');
  const group = ofClass ?? annotationOf(ingress, groupAnnotation);
  if (group === undefined && known) return [];
  const [uid, dnsName] = [textAt(ingress, 'metadata.uid'), dnsNameOf(ingress) ?? ''];
  try {
    const all = await once(cluster, 'ingresses', undefined, signal);
    const isNamed = ({ annotations }: Ingress) => group !== undefined && annotations[groupAnnotation] === group;
    return all.filter((other) => other.uid !== uid && (isNamed(other) || other.addresses.includes(dnsName)));
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}

/** Its own entrances and those of the others, all at the one load balancer; no more are asked than of one ingress. */
export function entrancesOfAll(ingress: JsonObject, group: readonly Ingress[] = []): Entrances {
  const all = [ingress, ...group.map((other) => asObject(other, ingress))].map(entrancesOf);
  const byUrl = new Map(all.flatMap(({ asked }) => asked).map((entrance) => [entrance.url, entrance]));
  const asked = [...byUrl.values()].slice(0, mostAsked);
  const left = [...byUrl.values()].slice(mostAsked).map(({ url }) => new URL(url).hostname);
  return { asked, others: [...new Set([...all.flatMap(({ others }) => others), ...left])] };
}

/** Hosts of another ingress of the group. */
export function hostsOfOther({ rules, tls }: Ingress): readonly string[] {
  return [...new Set([...rules.map(({ host }) => host), ...tls.flatMap(({ hosts }) => hosts)])].filter(Boolean);
}

function asObject(other: Ingress, { status = null }: JsonObject): JsonObject {
  return {
    metadata: { annotations: other.annotations },
    spec: { rules: hostsOfOther(other).map((host) => ({ host })), tls: other.tls.map(({ hosts }) => ({ hosts })) },
    status,
  };
}
