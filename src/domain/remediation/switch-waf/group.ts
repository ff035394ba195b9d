import { apiKinds } from '../../kubernetes/api-kinds.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { textAt } from '../../kubernetes/field-path.ts';
import { listedIfSeen } from '../../kubernetes/listed.ts';
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
): Promise<readonly JsonObject[] | undefined> {
  const ofClass = params && textAt(params, 'spec.group.name');
  const group = ofClass ?? annotationOf(ingress, groupAnnotation);
  if (group === undefined && known) return [];
  const [uid, dnsName] = [textAt(ingress, 'metadata.uid'), dnsNameOf(ingress)];
  const isNamed = (other: JsonObject) => group !== undefined && annotationOf(other, groupAnnotation) === group;
  const all = await listedIfSeen(cluster, apiKinds.ingresses, signal);
  return all?.filter(
    (other) => textAt(other, 'metadata.uid') !== uid && (isNamed(other) || dnsNameOf(other) === dnsName),
  );
}

/** Its own entrances and those of the others; no more are asked than of one ingress. */
export function entrancesOfAll(ingress: JsonObject, group: readonly JsonObject[] = []): Entrances {
  const all = [ingress, ...group].map(entrancesOf);
  const byUrl = new Map(all.flatMap(({ asked }) => asked).map((entrance) => [entrance.url, entrance]));
  const asked = [...byUrl.values()].slice(0, mostAsked);
  const left = [...byUrl.values()].slice(mostAsked).map(({ url }) => new URL(url).hostname);
  return { asked, others: [...new Set([...all.flatMap(({ others }) => others), ...left])] };
}
