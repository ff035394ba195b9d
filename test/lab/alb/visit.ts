import { GetWebACLForResourceCommand, type WAFV2Client } from '@aws-sdk/client-wafv2';

interface Visit {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What the visitor of a host gets from its load balancer, the Web ACL before it asked first. */
export async function visit(waf: WAFV2Client, loadBalancer: string | undefined, host: string): Promise<Visit> {
  if (loadBalancer === undefined) return page(404, 'no such host');
  const { WebACL } = await waf.send(new GetWebACLForResourceCommand({ ResourceArn: loadBalancer }));
  const block = WebACL?.DefaultAction?.Block;
  if (!block) return page(200, `Welcome to ${host}`);
  const { ResponseCode = 403, ResponseHeaders = [], CustomResponseBodyKey = '' } = block.CustomResponse ?? {};
  const headers = ResponseHeaders.map(({ Name = '', Value = '' }) => [Name, Value] as const);
  const own = WebACL.CustomResponseBodies?.[CustomResponseBodyKey];
  const { status, headers: type, body } = page(ResponseCode, own?.Content ?? 'Forbidden');
  return { status, headers: { ...type, ...Object.fromEntries(headers) }, body };
}

function page(status: number, body: string): Visit {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body };
}
