import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { ApiKind } from '../../kubernetes/api-kinds.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { fullName, objectAt, textAt } from '../../kubernetes/field-path.ts';
import { listedIfSeen, readIfSeen } from '../../kubernetes/listed.ts';
import { deciding, gatewayAt, gatewaysOf } from '../../waf/gateways.ts';
import { dnsNameOf, hostsOf } from '../../waf/entrances.ts';
import type { JsonObject } from '../json.ts';

const gatewayApi = (resource: string, kind: string): ApiKind => ({
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  resource,
  kind,
});
const gatewayKind = gatewayApi('gateways', 'Gateway');
const classKind = gatewayApi('gatewayclasses', 'GatewayClass');
const routeKind = gatewayApi('httproutes', 'HTTPRoute');
const configurationKind: ApiKind = {
  group: 'gateway.k8s.aws',
  version: 'v1beta1',
  resource: 'loadbalancerconfigurations',
  kind: 'LoadBalancerConfiguration',
};

/** A Gateway through which visitors reach some of the ingress's hosts, past its load balancer. */
export interface SideDoor {
  readonly gateway: string;
  readonly hosts: readonly string[];
  /** What says which Web ACL stands before the Gateway. */
  readonly configuration: string | undefined;
  readonly webAcl: string | undefined;
}

/**
 * Gateways that serve the ingress's hosts too. Undefined: this user may not look for them.
 * @throws JarvisError waf.gatewayDecides where the load balancer is a Gateway's: no ingress says what stands before it
 */
export async function sideDoorsOf(
  cluster: Cluster,
  ingress: JsonObject,
  signal: AbortSignal,
): Promise<readonly SideDoor[] | undefined> {
  const gateways = await listedIfSeen(cluster, gatewayKind, signal);
  if (!gateways || gateways.length === 0) return gateways && [];
  const owner = gatewayAt(dnsNameOf(ingress) ?? '', { gateways });
  if (owner) throw gatewayDecides(fullName(owner), await webAclOf(cluster, owner, signal));
  const routes = await listedIfSeen(cluster, routeKind, signal);
  if (!routes) return undefined;
  const doors = gatewaysOf(hostsOf(ingress), { gateways, routes });
  return Promise.all(
    doors.map(async ({ gateway, hosts }) => ({
      gateway: fullName(gateway),
      hosts,
      ...(await webAclOf(cluster, gateway, signal)),
    })),
  );
}

type Decided = Pick<SideDoor, 'configuration' | 'webAcl'>;

async function webAclOf(cluster: Cluster, gateway: JsonObject, signal: AbortSignal): Promise<Decided> {
  const gatewayClass = await readIfSeen(
    cluster,
    classKind,
    { name: textAt(gateway, 'spec.gatewayClassName') ?? '-' },
    signal,
  );
  const namespace = textAt(gateway, 'metadata.namespace') ?? '';
  const [ofGateway, ofClass] = await Promise.all([
    configurationOf(cluster, { ...objectAt(gateway, 'spec.infrastructure.parametersRef'), namespace }, signal),
    configurationOf(cluster, objectAt(gatewayClass ?? {}, 'spec.parametersRef'), signal),
  ]);
  return deciding(ofGateway, ofClass) ?? { configuration: undefined, webAcl: undefined };
}

function configurationOf(cluster: Cluster, ref: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
  const name = textAt(ref, 'name');
  if (name === undefined || ref['kind'] !== configurationKind.kind) return Promise.resolve(undefined);
  return readIfSeen(cluster, configurationKind, { name, namespace: textAt(ref, 'namespace') ?? '' }, signal);
}

function gatewayDecides(gateway: string, { configuration, webAcl }: Decided): JarvisError {
  const where = configuration ?? t('a LoadBalancerConfiguration');
  return new JarvisError({
    code: 'waf.gatewayDecides',
    message: t(
      'The load balancer is that of the Gateway {0}. Its Web ACL ({1}) is set by wafV2.webACL of {2}: change it there.',
      gateway,
      webAcl ?? t('none'),
      where,
    ),
  });
}
