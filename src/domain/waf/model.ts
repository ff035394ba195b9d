/** Web ACLs of AWS WAF (v2) and the load balancers that they stand before, as Jarvis knows them. Plain data. */

/** An application load balancer, and through which of the scopes of `jarvis.aws.scopes` it was found. */
export interface LoadBalancer {
  readonly arn: string;
  readonly dnsName: string;
  readonly region: string;
  /** The scope's label. */
  readonly scope: string;
}

export interface WebAclRef {
  readonly arn: string;
  readonly name: string;
}

export interface WebAcl extends WebAclRef {
  /** What happens to a request that no rule decides. */
  readonly defaultAction: WebAclAction;
  /** In the order in which they are asked. */
  readonly rules: readonly WebAclRule[];
}

export type WebAclAction = { readonly kind: 'allow' } | ({ readonly kind: 'block' } & BlockedAnswer);

/** What a visitor gets who is blocked. */
export interface BlockedAnswer {
  /** 403 unless the ACL has a custom response. */
  readonly status: number;
  /** Where a custom response sends the visitor. */
  readonly location?: string;
  readonly page?: { readonly contentType: string; readonly body: string };
}

export interface WebAclRule {
  readonly name: string;
  /** `group`: the rules of a rule group decide. */
  readonly action: 'allow' | 'block' | 'count' | 'captcha' | 'challenge' | 'group';
  readonly match: RuleMatch;
}

export type RuleMatch =
  | { readonly kind: 'ipSet' | 'ruleGroup' | 'managedGroup'; readonly name: string }
  /** More requests of one visitor than the limit; looking back 60, 120, 300 or 600 seconds. Source: WAF API, RateBasedStatement. */
  | { readonly kind: 'rate'; readonly limit: number; readonly windowSeconds: number }
  | { readonly kind: 'countries'; readonly codes: readonly string[] }
  /** As WAF's API calls the statement: `ByteMatchStatement`. */
  | { readonly kind: 'other'; readonly name: string };
