import { fieldAt, fullName, objectsAt, textAt } from '../kubernetes/field-path.ts';
import type { JsonObject } from '../remediation/json.ts';

/** Objects of the Gateway API, as the API server has them. */
export interface GatewayObjects {
  readonly gateways: readonly JsonObject[];
  readonly routes: readonly JsonObject[];
}

/** The Gateway whose own load balancer has that DNS name. */
export function gatewayAt(dnsName: string, { gateways }: Pick<GatewayObjects, 'gateways'>): JsonObject | undefined {
  return gateways.find((gateway) =>
    objectsAt(gateway, 'status.addresses').some((address) => textAt(address, 'value') === dnsName),
  );
}

/** The Gateways that serve some of the hosts as well, by an HTTPRoute. */
export function gatewaysOf(
  hosts: readonly string[],
  { gateways, routes }: GatewayObjects,
): readonly { readonly gateway: JsonObject; readonly hosts: readonly string[] }[] {
  const found = gateways.map((gateway) => {
    const names = routes.filter((route) => isParent(gateway, route)).flatMap(hostnamesOf);
    return { gateway, hosts: hosts.filter((host) => names.some((name) => covers(name, host))) };
  });
  return found.filter(({ hosts }) => hosts.length > 0);
}

/**
 * Of the configurations of a Gateway and of its class, the one whose Web ACL counts: the class's first, unless it says
 * otherwise. Source: AWS Load Balancer Controller, "LoadBalancerConfiguration", mergingMode and wafV2.
 */
export function deciding(
  ofGateway: JsonObject | undefined,
  ofClass: JsonObject | undefined,
): { readonly configuration: string; readonly webAcl: string | undefined } | undefined {
  const isGatewayFirst = ofClass !== undefined && textAt(ofClass, 'spec.mergingMode') === 'prefer-gateway';
  const inOrder = (isGatewayFirst ? [ofGateway, ofClass] : [ofClass, ofGateway]).filter((each) => each !== undefined);
  const first = inOrder.find((each) => webAclOf(each) !== undefined) ?? inOrder[0];
  return first && { configuration: fullName(first), webAcl: webAclOf(first) };
}

/** A name or an ARN. */
function webAclOf(configuration: JsonObject): string | undefined {
  return textAt(configuration, 'spec.wafV2.webACL');
}

function isParent(gateway: JsonObject, route: JsonObject): boolean {
  return objectsAt(route, 'spec.parentRefs').some((parent) => {
    const namespace = textAt(parent, 'namespace') ?? textAt(route, 'metadata.namespace') ?? '';
    const isGateway = (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway';
    return isGateway && `${namespace}/${textAt(parent, 'name')}` === fullName(gateway);
  });
}

function hostnamesOf(route: JsonObject): readonly string[] {
  const names = fieldAt(route, 'spec.hostnames');
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/** `*.example.com` stands for one label and more. Source: Gateway API, HTTPRouteSpec.hostnames. */
function covers(hostname: string, host: string): boolean {
  return hostname.startsWith('*.') ? host.endsWith(hostname.slice(1)) : hostname === host;
}
