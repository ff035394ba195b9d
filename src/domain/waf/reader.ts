import type { LoadBalancer, WebAcl, WebAclRef } from './model.ts';

/** Reads WAF and the load balancers of all scopes. All methods @throws JarvisError `aws.*` */
export interface WafReader {
  /** The one whose DNS name it is (`NAME-ID.REGION.elb.amazonaws.com`). @throws JarvisError waf.noLoadBalancer */
  loadBalancer(dnsName: string, signal: AbortSignal): Promise<LoadBalancer>;
  /** Those that may stand before it, by name. */
  webAcls(loadBalancer: LoadBalancer, signal: AbortSignal): Promise<readonly WebAclRef[]>;
  /** @throws JarvisError waf.noWebAcl (deleted, or never there), waf.wrongRegion … */
  webAcl(loadBalancer: LoadBalancer, arn: string, signal: AbortSignal): Promise<WebAcl>;
  /** The one that stands before it now. */
  associated(loadBalancer: LoadBalancer, signal: AbortSignal): Promise<WebAclRef | undefined>;
}
