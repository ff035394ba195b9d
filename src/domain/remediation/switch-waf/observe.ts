import { isCancelled, JarvisError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Ingress } from '../../kubernetes/model.ts';
import { once } from '../../kubernetes/once.ts';
import { parseWebAclArn } from '../../waf/arn.ts';
import { dnsNameOf, type Entrance, type Entrances } from '../../waf/entrances.ts';
import type { LoadBalancer, WebAcl, WebAclRef } from '../../waf/model.ts';
import type { Answer } from '../../waf/prober.ts';
import type { WafReader } from '../../waf/reader.ts';
import { type AclSource, aclSources, annotationOf, arnAnnotation, noWebAcl } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';
import type { PlanContext } from '../remediation.ts';
import { classParamsOf } from './ingress-class.ts';

/** What stands before an ingress now, and who says so. */
export interface Situation {
  readonly loadBalancer: LoadBalancer;
  /** The one that wins first. */
  readonly sources: readonly AclSource[];
  /** Whether all sources could be read. */
  readonly allSourcesKnown: boolean;
  /** What WAF has before the load balancer. */
  readonly associated: WebAclRef | undefined;
}

/** One entrance and what its visitors get. */
export interface Probe {
  readonly entrance: Entrance;
  readonly answer?: Answer;
  /** Why there is none. */
  readonly failure?: string;
}

/** @throws JarvisError waf.noAddress, waf.noLoadBalancer, waf.otherController, aws.*, kube.* */
export async function situationOf(
  { cluster, waf }: Pick<PlanContext, 'cluster' | 'waf'>,
  ingress: JsonObject,
  signal: AbortSignal,
): Promise<Situation> {
  const dnsName = dnsNameOf(ingress);
  if (dnsName === undefined) throw noAddress();
  const [{ known, params }, loadBalancer] = await Promise.all([
    classParamsOf(cluster, ingress, signal),
    waf.loadBalancer(dnsName, signal),
  ]);
  const sources = aclSources(ingress, params);
  return { loadBalancer, sources, allSourcesKnown: known, associated: await waf.associated(loadBalancer, signal) };
}

/** The ACL as the ingress wants it, or as it is where the ingress says nothing. */
export function aclBefore({ sources, associated }: Situation): WebAclRef | undefined {
  const [source] = sources;
  if (!source || source.value === associated?.name) return associated;
  if (source.value === noWebAcl) return undefined;
  const named = parseWebAclArn(source.value)?.name;
  return named === undefined ? associated : { arn: source.value, name: named };
}

/** The whole ACL; undefined where there is none, or where it was deleted under the ingress. */
export async function existing(
  waf: WafReader,
  loadBalancer: LoadBalancer,
  ref: WebAclRef | undefined,
  signal: AbortSignal,
): Promise<WebAcl | undefined> {
  if (!ref) return undefined;
  try {
    return await waf.webAcl(loadBalancer, ref.arn, signal);
  } catch (error) {
    if (isCancelled(error) || toJarvisError(error).code !== 'waf.noWebAcl') throw error;
    return undefined;
  }
}

export async function probe(
  { prober }: PlanContext,
  { asked }: Entrances,
  signal: AbortSignal,
): Promise<readonly Probe[]> {
  return Promise.all(
    asked.map(async (entrance): Promise<Probe> => {
      try {
        return { entrance, answer: await prober.ask(entrance, signal) };
      } catch (error) {
        if (isCancelled(error)) throw error;
        return { entrance, failure: toJarvisError(error).message };
      }
    }),
  );
}

/**
 * Other ingresses of the group, which share the load balancer: when two name different ACLs, the controller heeds none
 * ("conflicting WAFv2 WebACL ARNs"). Undefined: this user may not look for them.
 */
export async function groupOf(
  { cluster }: PlanContext,
  ingress: JsonObject,
  uid: string,
  signal: AbortSignal,
): Promise<readonly Ingress[] | undefined> {
  const group = annotationOf(ingress, groupAnnotation);
  if (group === undefined) return [];
  try {
    const all = await once(cluster, 'ingresses', undefined, signal);
    return all.filter(({ annotations, uid: other }) => other !== uid && annotations[groupAnnotation] === group);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return undefined;
  }
}
const groupAnnotation = 'alb.ingress.kubernetes.io/group.name';

/** Those of the group whose annotation would contradict. */
export function contradicting(group: readonly Ingress[], value: string): readonly Ingress[] {
  return group.filter(({ annotations }) => {
    const theirs = annotations[arnAnnotation];
    return theirs !== undefined && theirs !== value;
  });
}

function noAddress(): JarvisError {
  return new JarvisError({
    code: 'waf.noAddress',
    message: t('The ingress has no load balancer yet: its status names no host.'),
    remedies: [{ kind: 'retry' }],
  });
}
