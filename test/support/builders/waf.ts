import { JarvisError } from '../../../src/core/errors.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Entrance } from '../../../src/domain/waf/entrances.ts';
import type { LoadBalancer, WebAcl, WebAclRef } from '../../../src/domain/waf/model.ts';
import type { Answer, Prober } from '../../../src/domain/waf/prober.ts';
import type { WafReader } from '../../../src/domain/waf/reader.ts';

const account = '123456789012';
const region = 'ap-northeast-2';

export function aLoadBalancer(over: Partial<LoadBalancer> = {}): LoadBalancer {
  return {
    arn: `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/shop/50dc6c495c0c9188`,
    dnsName: `shop-1234567890.${region}.elb.amazonaws.com`,
    region,
    scope: 'prod',
    ...over,
  };
}

/** `deny…` blocks by default, with 503 and a page; whatever else it is called allows. */
export function aWebAcl(name = 'allow-waf', over: Partial<WebAcl> = {}): WebAcl {
  const page = { contentType: 'text/html', body: '<h1>Back soon</h1>' };
  return {
    name,
    arn: `arn:aws:wafv2:${region}:${account}:regional/webacl/${name}/0c1d2e3f-0000-4000-8000-000000000000`,
    defaultAction: name.startsWith('deny') ? { kind: 'block', status: 503, page } : { kind: 'allow' },
    rules: [],
    ...over,
  };
}

/** One load balancer, with these ACLs in its region; the first one stands before it. */
export class FakeWaf implements WafReader {
  balancer = aLoadBalancer();
  acls: readonly WebAcl[];
  before: WebAclRef | undefined;

  constructor(acls: readonly WebAcl[] = [aWebAcl(), aWebAcl('deny-waf')]) {
    this.acls = acls;
    this.before = acls[0];
  }

  loadBalancer(): Promise<LoadBalancer> {
    return Promise.resolve(this.balancer);
  }

  webAcls(): Promise<readonly WebAclRef[]> {
    return Promise.resolve(this.acls);
  }

  webAcl(_: LoadBalancer, arn: string): Promise<WebAcl> {
    const found = this.acls.find((acl) => acl.arn === arn);
    if (found) return Promise.resolve(found);
    return Promise.reject(new JarvisError({ code: 'waf.noWebAcl', message: `There is no Web ACL ${arn}` }));
  }

  associated(): Promise<WebAclRef | undefined> {
    return Promise.resolve(this.before);
  }
}

/** Answers as it is told to, 200 unless told otherwise, and remembers who was asked. */
export class FakeProber implements Prober {
  readonly asked: string[] = [];
  answer: (url: string) => Partial<Answer> | Error = () => ({});

  ask({ url }: Entrance): Promise<Answer> {
    return this.page(url);
  }

  page(url: string): Promise<Answer> {
    this.asked.push(url);
    const answer = this.answer(url);
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ status: 200, ms: 7, body: '', ...answer });
  }
}

interface IngressShape {
  readonly name?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly hosts?: readonly string[];
  readonly tls?: readonly { readonly hosts: readonly string[] }[];
  /** Null: it has no load balancer yet. */
  readonly address?: string | null;
}

/** An ingress of the class `alb` as its API server has it. */
export function aServedIngress(shape: IngressShape = {}): JsonObject {
  const { name = 'shop', annotations, tls = [], address = aLoadBalancer().dnsName } = shape;
  const { hosts = [`${name}.example.com`] } = shape;
  return {
    kind: 'Ingress',
    metadata: {
      name,
      namespace: 'sock-shop',
      uid: `uid-${name}`,
      resourceVersion: '100',
      ...(annotations && { annotations }),
    },
    spec: { ingressClassName: 'alb', rules: hosts.map((host) => ({ host })), tls },
    status: { loadBalancer: address === null ? {} : { ingress: [{ hostname: address }] } },
  };
}
