import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { type Alb, startAlb } from '../../lab/alb/alb.ts';
import type { Lab } from '../../lab/lab.ts';
import { makeWebAcls } from '../../support/web-acls.ts';

/** The ingress `shop` of the boutique behind `allow-waf`, its load balancer, and `deny-waf` with a maintenance page. */
export class Storefront {
  readonly #alb: Alb;

  private constructor(alb: Alb) {
    this.#alb = alb;
  }

  /** The namespace must be there. */
  static async open(lab: Lab): Promise<Storefront> {
    const alb = await startAlb(lab);
    const { allow } = await makeWebAcls(alb.waf);
    const annotations = {
      'alb.ingress.kubernetes.io/wafv2-acl-arn': allow,
      'alb.ingress.kubernetes.io/listen-ports': `[{"HTTP": ${alb.port}}]`,
    };
    const kubectl = (...args: string[]) => lab.kubectl('--namespace', 'boutique', ...args);
    const flags = Object.entries(annotations).flatMap(([key, value]) => ['--annotation', `${key}=${value}`]);
    await kubectl('create', 'ingress', 'shop', '--class', 'alb', '--rule', 'shop.example.com/*=web:80', ...flags);
    await kubectl('wait', 'ingress/shop', '--for=jsonpath={.status.loadBalancer.ingress}', '--timeout=30s');
    return new Storefront(alb);
  }

  /** As any visitor of the shop: "200 Welcome to …" */
  async visit(): Promise<string> {
    const { port } = this.#alb;
    const options = { host: '127.0.0.1', port, headers: { host: 'shop.example.com' }, agent: false } as const;
    const [answer] = (await once(get(options), 'response')) as [IncomingMessage];
    const page = await answer.setEncoding('utf8').toArray();
    return `${answer.statusCode} ${page.join('')}`;
  }

  close(): Promise<void> {
    return this.#alb.close();
  }
}
