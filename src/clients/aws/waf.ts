import { DescribeLoadBalancersCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  GetWebACLCommand,
  GetWebACLForResourceCommand,
  ListWebACLsCommand,
  WAFV2Client,
  type WebACLSummary,
} from '@aws-sdk/client-wafv2';
import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { fittingArn } from '../../domain/waf/arn.ts';
import type { LoadBalancer, WebAcl, WebAclRef } from '../../domain/waf/model.ts';
import type { WafReader } from '../../domain/waf/reader.ts';
import type { AwsConnection } from './connection.ts';
import type { AwsSessions } from './sessions.ts';
import { webAclOf } from './waf-mapping.ts';

export interface WafPorts {
  readonly sessions: AwsSessions;
  /** As the settings and the environment name them now. */
  readonly scopes: () => readonly AwsScope[];
}

/** Reads WAFv2 and ELBv2 in the region of the load balancer, whatever region a scope has by itself. */
export class AwsWaf implements WafReader {
  readonly #ports: WafPorts;
  readonly #clients = new WeakMap<AwsConnection, Clients>();

  constructor(ports: WafPorts) {
    this.#ports = ports;
  }

  async loadBalancer(dnsName: string, signal: AbortSignal): Promise<LoadBalancer> {
    const place = placeOf(dnsName);
    const scopes = this.#ports.scopes();
    if (!place || scopes.length === 0) throw noLoadBalancer(dnsName);
    const looks = await Promise.allSettled(scopes.map((scope) => this.#find(scope, place, dnsName, signal)));
    const found = looks.flatMap((look) => (look.status === 'fulfilled' && look.value ? [look.value] : []));
    if (found[0]) return found[0];
    for (const look of looks) if (look.status === 'rejected') throw look.reason;
    throw noLoadBalancer(dnsName);
  }

  async webAcls(loadBalancer: LoadBalancer, signal: AbortSignal): Promise<readonly WebAclRef[]> {
    const all = new Map<string, WebAclRef>();
    let known: number;
    let marker: string | undefined;
    do {
      known = all.size;
      const command = new ListWebACLsCommand({ Scope: 'REGIONAL', Limit: 100, NextMarker: marker });
      const page = await this.#waf(loadBalancer, 'ListWebACLs', signal, (waf, abortSignal) =>
        waf.send(command, { abortSignal }),
      );
      for (const ref of (page.WebACLs ?? []).map(refOf)) all.set(ref.arn, ref);
      marker = page.NextMarker;
      // it comes with the last page too: the end is where a page brings nothing new
    } while (marker && all.size > known);
    return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
  }

  async webAcl(loadBalancer: LoadBalancer, arn: string, signal: AbortSignal): Promise<WebAcl> {
    const { name, id } = fittingArn(arn, loadBalancer);
    const command = new GetWebACLCommand({ Name: name, Id: id, Scope: 'REGIONAL' });
    const answer = await this.#waf(loadBalancer, 'GetWebACL', signal, (waf, abortSignal) =>
      waf.send(command, { abortSignal }),
    ).catch((error: unknown) => unlessMissing(error));
    if (answer?.WebACL) return webAclOf(answer.WebACL);
    throw new JarvisError({
      code: 'waf.noWebAcl',
      message: t('There is no Web ACL {0} in {1} (any more).', name, loadBalancer.region),
      remedies: [{ kind: 'retry' }],
    });
  }

  /** Without one, AWS answers with none, and others that it does not exist. */
  async associated(loadBalancer: LoadBalancer, signal: AbortSignal): Promise<WebAclRef | undefined> {
    const command = new GetWebACLForResourceCommand({ ResourceArn: loadBalancer.arn });
    const answer = await this.#waf(loadBalancer, 'GetWebACLForResource', signal, (waf, abortSignal) =>
      waf.send(command, { abortSignal }),
    ).catch((error: unknown) => unlessMissing(error));
    return answer?.WebACL && refOf(answer.WebACL);
  }

  /** Undefined: it is not in this scope's account. */
  async #find(
    scope: AwsScope,
    { name, region }: Place,
    dnsName: string,
    signal: AbortSignal,
  ): Promise<LoadBalancer | undefined> {
    const command = new DescribeLoadBalancersCommand({ Names: [name] });
    const answer = await this.#use(scope, region, ({ connection, balancers }) =>
      connection.call('elastic_load_balancing_v2', 'DescribeLoadBalancers', signal, (abortSignal) =>
        balancers.send(command, { abortSignal }),
      ),
    ).catch((error: unknown) => unlessMissing(error));
    const found = answer?.LoadBalancers?.find(({ DNSName }) => DNSName?.toLowerCase() === dnsName.toLowerCase());
    return found?.LoadBalancerArn === undefined
      ? undefined
      : { arn: found.LoadBalancerArn, dnsName, region, scope: scope.label };
  }

  #waf<T>(
    { scope: label, region }: LoadBalancer,
    operation: string,
    signal: AbortSignal,
    send: (waf: WAFV2Client, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const scope = this.#ports.scopes().find((each) => each.label === label);
    if (!scope) throw scopeGone(label);
    return this.#use(scope, region, ({ connection, waf }) =>
      connection.call('wafv2', operation, signal, (abortSignal) => send(waf, abortSignal)),
    );
  }

  #use<T>(scope: AwsScope, region: string, work: (clients: Clients) => Promise<T>): Promise<T> {
    return this.#ports.sessions.use({ ...scope, region }, ({ connection }) => {
      const clients = this.#clients.get(connection) ?? clientsOf(connection);
      this.#clients.set(connection, clients);
      return work(clients);
    });
  }
}

interface Clients {
  readonly connection: AwsConnection;
  readonly waf: WAFV2Client;
  readonly balancers: ElasticLoadBalancingV2Client;
}

function clientsOf(connection: AwsConnection): Clients {
  return {
    connection,
    waf: connection.client('wafv2', (config) => new WAFV2Client(config)),
    balancers: connection.client('elastic_load_balancing_v2', (config) => new ElasticLoadBalancingV2Client(config)),
  };
}

interface Place {
  readonly name: string;
  readonly region: string;
}

/** `[internal-]NAME-ID.REGION.elb.amazonaws.com[.cn]`. Source: Elastic Load Balancing user guide, "DNS name". */
function placeOf(dnsName: string): Place | undefined {
  const form = /^(?:internal-)?([a-z0-9-]+)-[a-z0-9]+\.([a-z0-9-]+)\.elb\.amazonaws\.com(?:\.cn)?$/i;
  const [, name, region] = form.exec(dnsName) ?? [];
  return name === undefined || region === undefined ? undefined : { name, region };
}

function refOf({ ARN = '', Name = '' }: WebACLSummary): WebAclRef {
  return { arn: ARN, name: Name };
}

/** Of ELBv2 by its class or its code, depending on how the answer was read. */
const missing = ['WAFNonexistentItemException', 'LoadBalancerNotFoundException', 'LoadBalancerNotFound'];

/** What AWS says of a thing that is not there. Whatever else it says is thrown. */
function unlessMissing(error: unknown): undefined {
  const { cause } = toJarvisError(error);
  if (!(cause instanceof Error && missing.includes(cause.name))) throw error;
}

function noLoadBalancer(dnsName: string): JarvisError {
  return new JarvisError({
    code: 'waf.noLoadBalancer',
    message: t('None of the AWS accounts of jarvis.aws.scopes has the load balancer {0}.', dnsName),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }, { kind: 'retry' }],
  });
}

function scopeGone(label: string): JarvisError {
  return new JarvisError({
    code: 'waf.scopeGone',
    message: t('The AWS scope {0} is no longer in the settings.', label),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }],
  });
}
