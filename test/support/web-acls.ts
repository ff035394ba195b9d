import {
  CreateWebACLCommand,
  type DefaultAction,
  DeleteWebACLCommand,
  ListWebACLsCommand,
  type WAFV2Client,
} from '@aws-sdk/client-wafv2';

const maintenancePage =
  '<!doctype html><title>Shop</title><h1>We are mending the shop</h1><p>Back in a few minutes.</p>';

/** The two of the story: one lets everybody in, one shows everybody the maintenance page (403). */
export async function makeWebAcls(waf: WAFV2Client): Promise<{ readonly allow: string; readonly deny: string }> {
  const blocking = { Block: { CustomResponse: { ResponseCode: 403, CustomResponseBodyKey: 'maintenance' } } };
  const [allow, deny] = await Promise.all([
    makeWebAcl(waf, 'allow-waf', { Allow: {} }),
    makeWebAcl(waf, 'deny-waf', blocking),
  ]);
  return { allow, deny };
}

/** @returns its ARN */
export async function makeWebAcl(waf: WAFV2Client, Name: string, DefaultAction: DefaultAction): Promise<string> {
  const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: Name };
  const CustomResponseBodies = { maintenance: { ContentType: 'TEXT_HTML' as const, Content: maintenancePage } };
  const { Summary } = await waf.send(
    new CreateWebACLCommand({ Name, Scope: 'REGIONAL', DefaultAction, VisibilityConfig, CustomResponseBodies }),
  );
  return Summary?.ARN ?? '';
}

export async function removeWebAcl(waf: WAFV2Client, name: string): Promise<void> {
  const { WebACLs = [] } = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }));
  const { Id, LockToken } = WebACLs.find(({ Name }) => Name === name) ?? {};
  await waf.send(new DeleteWebACLCommand({ Name: name, Scope: 'REGIONAL', Id, LockToken }));
}
