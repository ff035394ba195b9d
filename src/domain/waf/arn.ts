import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { LoadBalancer } from './model.ts';

/** A Web ACL's ARN taken apart: `arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID`; of CloudFront, `global/…`. */
export interface WebAclArn {
  readonly region: string;
  readonly account: string;
  readonly scope: 'REGIONAL' | 'CLOUDFRONT';
  readonly name: string;
  readonly id: string;
}

const pattern = /^arn:aws[a-z-]*:wafv2:([a-z0-9-]+):(\d{12}):(regional|global)\/webacl\/([\w-]{1,128})\/([\w-]{1,36})$/;

/** Undefined: it is no ARN of a Web ACL. Source: Service Authorization Reference, "Resource types defined by AWS WAF V2". */
export function parseWebAclArn(arn: string): WebAclArn | undefined {
  const [, region = '', account = '', scope, name = '', id = ''] = pattern.exec(arn) ?? [];
  if (scope === undefined) return undefined;
  return { region, account, scope: scope === 'global' ? 'CLOUDFRONT' : 'REGIONAL', name, id };
}

/**
 * The parts of an ARN that may stand before the load balancer: WAF associates only regional ACLs, and those only within
 * their region and account. Source: WAF API reference, AssociateWebACL.
 * @throws JarvisError waf.badArn, waf.wrongScope, waf.wrongRegion, waf.wrongAccount
 */
export function fittingArn(arn: string, loadBalancer: Pick<LoadBalancer, 'arn' | 'region'>): WebAclArn {
  const parts = parseWebAclArn(arn);
  if (!parts) throw refused('waf.badArn', t('{0} is not the ARN of a Web ACL.', arn));
  const { scope, region, account, name } = parts;
  if (scope === 'CLOUDFRONT')
    throw refused(
      'waf.wrongScope',
      t('{0} is a Web ACL for CloudFront; a load balancer takes regional ones only.', name),
    );
  if (region !== loadBalancer.region)
    throw refused(
      'waf.wrongRegion',
      t('The Web ACL {0} is in {1}, the load balancer in {2}.', name, region, loadBalancer.region),
    );
  const owner = ownerOf(loadBalancer);
  if (account !== owner)
    throw refused(
      'waf.wrongAccount',
      t('The Web ACL {0} is of account {1}, the load balancer of {2}.', name, account, owner),
    );
  return parts;
}

/** The account of a load balancer: `arn:aws:elasticloadbalancing:REGION:ACCOUNT:loadbalancer/…`. */
export function ownerOf({ arn }: Pick<LoadBalancer, 'arn'>): string {
  return arn.split(':')[4] ?? '';
}

function refused(code: `waf.${string}`, message: string): JarvisError {
  return new JarvisError({ code, message });
}
