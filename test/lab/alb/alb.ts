import { createServer } from 'node:http';
import { WAFV2Client } from '@aws-sdk/client-wafv2';
import { credentials } from '../aws/profile.ts';
import type { Lab } from '../lab.ts';
import { close, listen } from '../process/http.ts';
import { startController } from './controller.ts';
import { visit } from './visit.ts';

/** A stand-in for application load balancers and their controller, for tests that ask for it. */
export interface Alb {
  /** For `alb.ingress.kubernetes.io/listen-ports`: every load balancer listens there. */
  readonly port: number;
  /** Hosts that take a request and never answer. */
  readonly hanging: Set<string>;
  readonly waf: WAFV2Client;
  close(): Promise<void>;
}

/**
 * Serves every ingress of the class `alb` as AWS does. The controller gives each a load balancer of ELBv2, says in its
 * status where that is, and puts before it, in WAFv2, the Web ACL that the annotation names; visitors get what that ACL's
 * default action says, else a page of the host's service.
 */
export async function startAlb(lab: Lab): Promise<Alb> {
  const { aws } = lab.description;
  if (!aws) throw new Error('the lab has no AWS');
  const waf = new WAFV2Client({ endpoint: aws.endpoints.wafv2, region: aws.region, credentials });
  const hanging = new Set<string>();
  const controller = await startController(lab, aws, waf);
  const server = createServer((request, response) => {
    const host = request.headers.host?.replace(/:\d+$/, '') ?? '';
    if (hanging.has(host)) return;
    visit(waf, controller.loadBalancerOf(host), host).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(502).end(String(error)),
    );
  });
  return {
    port: await listen(server),
    hanging,
    waf,
    async close() {
      await controller.stop();
      await close(server);
      waf.destroy();
    },
  };
}
