import { isCancelled, JarvisError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { parseWebAclArn } from '../../waf/arn.ts';
import { dnsNameOf, type Entrance, type Entrances } from '../../waf/entrances.ts';
import type { LoadBalancer, WebAcl, WebAclRef } from '../../waf/model.ts';
import type { Answer } from '../../waf/prober.ts';
import type { WafReader } from '../../waf/reader.ts';
import { type AclSource, aclSources, noWebAcl } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';
import type { PlanContext } from '../remediation.ts';
import { type SideDoor, sideDoorsOf } from './gateways.ts';
import { groupOf } from './group.ts';
import { classParamsOf } from './ingress-class.ts';

/** What stands before an ingress now, and who says so. */
export interface Situation {
  readonly loadBalancer: LoadBalancer;
  /** The one that wins first. */
  readonly sources: readonly AclSource[];
  /** Whether all sources could be read. */
  readonly allSourcesKnown: boolean;
  /** Other ingresses that share the load balancer; undefined: this user may not look for them. */
  readonly group: readonly JsonObject[] | undefined;
  /** Undefined: this user may not look for them. */
  readonly sideDoors: readonly SideDoor[] | undefined;
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

/** @throws JarvisError waf.noAddress, waf.noLoadBalancer, waf.otherController, waf.gatewayDecides, aws.*, kube.* */
export async function situationOf(
  { cluster, waf }: Pick<PlanContext, 'cluster' | 'waf'>,
  ingress: JsonObject,
  signal: AbortSignal,
): Promise<Situation> {
  const dnsName = dnsNameOf(ingress);
  if (dnsName === undefined) throw noAddress();
  const [classParams, sideDoors] = await Promise.all([
    classParamsOf(cluster, ingress, signal),
    sideDoorsOf(cluster, ingress, signal),
  ]);
  const [group, loadBalancer] = await Promise.all([
    groupOf(cluster, ingress, classParams, signal),
    waf.loadBalancer(dnsName, signal),
  ]);
  return {
    loadBalancer,
    sources: aclSources(ingress, classParams.params, group),
    allSourcesKnown: classParams.known,
    group,
    sideDoors,
    associated: await waf.associated(loadBalancer, signal),
  };
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

function noAddress(): JarvisError {
  return new JarvisError({
    code: 'waf.noAddress',
    message: t('The ingress has no load balancer yet: its status names no host.'),
    remedies: [{ kind: 'retry' }],
  });
}
