import { isDeepStrictEqual } from 'node:util';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AssociateWebACLCommand, DisassociateWebACLCommand, type WAFV2Client } from '@aws-sdk/client-wafv2';
import * as v from 'valibot';
import { credentials } from '../aws/profile.ts';
import type { AwsDescription } from '../description.ts';
import type { Lab } from '../lab.ts';
import { startLoop } from '../process/loop.ts';

const annotation = 'alb.ingress.kubernetes.io/wafv2-acl-arn';
const group = 'alb.ingress.kubernetes.io/group.name';

const Ingress = v.object({
  metadata: v.object({
    name: v.string(),
    namespace: v.string(),
    uid: v.string(),
    annotations: v.optional(v.record(v.string(), v.string()), {}),
  }),
  spec: v.object({
    ingressClassName: v.optional(v.string()),
    rules: v.optional(v.array(v.object({ host: v.optional(v.string(), '') })), []),
  }),
  status: v.object({ loadBalancer: v.object({ ingress: v.optional(v.array(v.unknown()), []) }) }),
});
type Ingress = v.InferOutput<typeof Ingress>;

interface Balancer {
  readonly arn: string;
  readonly dnsName: string;
  /** What the annotation said last. */
  acl?: string;
}

/**
 * Does for the ingresses of the class `alb` what the AWS Load Balancer Controller does of its Web ACLs: one load balancer
 * for each group, and where two of a group name different ACLs, nothing.
 */
export async function startController({ cluster: { client } }: Lab, aws: AwsDescription, waf: WAFV2Client) {
  const elb = new ElasticLoadBalancingV2Client({ endpoint: aws.endpoints.elbv2, region: aws.region, credentials });
  const balancers = new Map<string, Balancer>();
  const hosts = new Map<string, string>();

  async function create(name: string): Promise<Balancer> {
    const { LoadBalancers = [] } = await elb.send(new CreateLoadBalancerCommand({ Name: name, Type: 'application' }));
    const [{ LoadBalancerArn: arn = '', DNSName: dnsName = '' } = {}] = LoadBalancers;
    return { arn, dnsName };
  }

  async function reconcile(key: string, members: readonly Ingress[]): Promise<void> {
    const balancer = balancers.get(key) ?? (await create(key));
    balancers.set(key, balancer);
    for (const { spec } of members) for (const { host } of spec.rules) hosts.set(host, balancer.arn);
    const [acl, ...others] = new Set(members.flatMap(({ metadata }) => metadata.annotations[annotation] ?? []));
    if (others.length === 0) await putBefore(balancer, acl);
    await Promise.all(members.map((member) => tell(member, balancer)));
  }

  /** As a browser would find it: by the name that AWS knows, at the address where it is. */
  async function tell({ metadata: { namespace, name }, status }: Ingress, { dnsName }: Balancer): Promise<void> {
    const ingress = [{ hostname: dnsName, ip: '127.0.0.1' }];
    if (isDeepStrictEqual(status.loadBalancer.ingress, ingress)) return;
    const path = `/apis/networking.k8s.io/v1/namespaces/${namespace}/ingresses/${name}/status`;
    await client.mergePatch(path, { status: { loadBalancer: { ingress } } });
  }

  /** An absent annotation leaves what is there; an ACL that does not exist is tried again. */
  async function putBefore(balancer: Balancer, acl: string | undefined): Promise<void> {
    if (acl === undefined || acl === '' || acl === balancer.acl) return;
    const ResourceArn = balancer.arn;
    await (acl === 'none'
      ? waf.send(new DisassociateWebACLCommand({ ResourceArn }))
      : waf.send(new AssociateWebACLCommand({ ResourceArn, WebACLArn: acl })));
    balancer.acl = acl;
  }

  const look = async () => {
    const all = await client.list('/apis/networking.k8s.io/v1/ingresses', Ingress);
    const ours = all.filter(({ spec }) => spec.ingressClassName === 'alb');
    const groups = Map.groupBy(ours, ({ metadata: { namespace, name, annotations } }) =>
      ['k8s', annotations[group] ?? `${namespace}-${name}`].join('-'),
    );
    await Promise.allSettled([...groups].map(([key, members]) => reconcile(key, members)));
  };
  await look();
  const looking = startLoop(100, look, () => undefined);
  return {
    loadBalancerOf: (host: string) => hosts.get(host),
    async stop() {
      await looking.stop();
      elb.destroy();
    },
  };
}
