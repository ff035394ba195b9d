import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AssociateWebACLCommand, DisassociateWebACLCommand, type WAFV2Client } from '@aws-sdk/client-wafv2';
import * as v from 'valibot';
import { credentials } from '../aws/profile.ts';
import type { AwsDescription } from '../description.ts';
import type { Lab } from '../lab.ts';
import { startLoop } from '../process/loop.ts';

const annotation = 'alb.ingress.kubernetes.io/wafv2-acl-arn';

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

/** Does for the ingresses of the class `alb` what the AWS Load Balancer Controller does of its Web ACLs. */
export async function startController({ cluster: { client } }: Lab, aws: AwsDescription, waf: WAFV2Client) {
  const elb = new ElasticLoadBalancingV2Client({ endpoint: aws.endpoints.elbv2, region: aws.region, credentials });
  const balancers = new Map<string, Balancer>();
  const hosts = new Map<string, string>();

  async function create(name: string): Promise<Balancer> {
    const { LoadBalancers = [] } = await elb.send(new CreateLoadBalancerCommand({ Name: name, Type: 'application' }));
    const [{ LoadBalancerArn: arn = '', DNSName: dnsName = '' } = {}] = LoadBalancers;
    return { arn, dnsName };
  }

  async function reconcile({ metadata, spec, status }: Ingress): Promise<void> {
    const { namespace, name, annotations } = metadata;
    const key = `k8s-${namespace}-${name}`;
    const balancer = balancers.get(key) ?? (await create(key));
    balancers.set(key, balancer);
    for (const { host } of spec.rules) hosts.set(host, balancer.arn);
    await putBefore(balancer, annotations[annotation]);
    if (status.loadBalancer.ingress.length > 0) return;
    // as a browser would find it: by the name that AWS knows, at the address where it is
    const ingress = [{ hostname: balancer.dnsName, ip: '127.0.0.1' }];
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
    await Promise.allSettled(ours.map(reconcile));
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
