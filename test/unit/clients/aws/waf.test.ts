import assert from 'node:assert/strict';
import { AwsSessions } from '../../../../src/clients/aws/sessions.ts';
import { AwsWaf } from '../../../../src/clients/aws/waf.ts';
import { DisposableStore, disposable } from '../../../../src/core/disposable.ts';
import { aLoadBalancer, aWebAcl } from '../../../support/builders/waf.ts';
import { awsHome } from '../../../support/aws/home.ts';
import { awsError, type ScriptedAws, startScriptedAws } from '../../../support/aws/scripted-aws.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const { signal } = new AbortController();
const balancer = aLoadBalancer();

describe('WAF and load balancers of AWS', () => {
  let owned: DisposableStore;
  let aws: ScriptedAws;
  let scopes: { readonly label: string; readonly profile?: string }[];
  let waf: AwsWaf;

  beforeEach(async () => {
    owned = new DisposableStore();
    aws = await startScriptedAws();
    owned.add(disposable(() => void aws.close()));
    const home = awsHome();
    owned.add(disposable(() => home.remove()));
    home.profile({ wafv2: aws.url, elastic_load_balancing_v2: aws.url });
    scopes = [{ label: 'prod' }];
    const sessions = owned.add(new AwsSessions({ env: home.env, clock: new FakeClock() }));
    waf = new AwsWaf({ sessions, scopes: () => scopes });
  });
  afterEach(() => owned.dispose());

  /** As ELBv2 answers, in XML. */
  const balancers = (...found: readonly (typeof balancer)[]) => {
    const members = found.map(
      ({ arn, dnsName }) => `<member><LoadBalancerArn>${arn}</LoadBalancerArn><DNSName>${dnsName}</DNSName></member>`,
    );
    const body = `<DescribeLoadBalancersResponse><DescribeLoadBalancersResult><LoadBalancers>${members.join('')}</LoadBalancers></DescribeLoadBalancersResult></DescribeLoadBalancersResponse>`;
    aws.on('DescribeLoadBalancers', () => ({ headers: { 'content-type': 'text/xml' }, body }));
  };
  const summary = (name: string) => ({ ARN: aWebAcl(name).arn, Name: name });

  it('finds a load balancer by its name, and takes no other for it', async () => {
    balancers(balancer);
    assert.deepEqual(await waf.loadBalancer(balancer.dnsName, signal), balancer);
    balancers({ ...balancer, dnsName: 'shop-1.ap-northeast-2.elb.amazonaws.com' });
    await assert.rejects(waf.loadBalancer(balancer.dnsName, signal), { code: 'waf.noLoadBalancer' });
    await assert.rejects(waf.loadBalancer('shop.example.com', signal), { code: 'waf.noLoadBalancer' });
  });

  it('asks every scope, and says that there is none only where each has said so', async () => {
    const body = '<ErrorResponse><Error><Code>LoadBalancerNotFound</Code></Error></ErrorResponse>';
    aws.on('DescribeLoadBalancers', () => ({ status: 400, headers: { 'content-type': 'text/xml' }, body }));
    await assert.rejects(waf.loadBalancer(balancer.dnsName, signal), { code: 'waf.noLoadBalancer' });
    scopes = [{ label: 'gone', profile: 'gone' }, ...scopes];
    await assert.rejects(waf.loadBalancer(balancer.dnsName, signal), { code: 'aws.profileMissing' });
    balancers(balancer);
    assert.equal((await waf.loadBalancer(balancer.dnsName, signal)).scope, 'prod');
    scopes = [];
    await assert.rejects(waf.associated(balancer, signal), { code: 'waf.scopeGone' });
  });

  it('lists the Web ACLs of all pages, short ones too, and ends where a marker brings nothing new', async () => {
    const pages: Readonly<Record<string, readonly string[]>> = { '': ['b'], '1': ['c', 'a'], '2': [] };
    aws.on('ListWebACLs', ({ NextMarker = '' }) => {
      const page = String(NextMarker);
      return {
        body: { WebACLs: pages[page]?.map(summary), NextMarker: page === '2' ? '2' : String(Number(page) + 1) },
      };
    });
    const names = async () => (await waf.webAcls(balancer, signal)).map(({ name }) => name);
    assert.deepEqual(await names(), ['a', 'b', 'c']);
    aws.on('ListWebACLs', () => ({ body: { WebACLs: [summary('a')], NextMarker: 'again' } }));
    assert.deepEqual(await names(), ['a']);
  });

  it('reads what an ACL does, and over which time it counts', async () => {
    const Rules = [
      {
        Name: 'flood',
        Priority: 2,
        Action: { Block: {} },
        Statement: { RateBasedStatement: { Limit: 2000, EvaluationWindowSec: 60, AggregateKeyType: 'IP' } },
      },
      {
        Name: 'burst',
        Priority: 1,
        Action: { Count: {} },
        Statement: { RateBasedStatement: { Limit: 100, AggregateKeyType: 'IP' } },
      },
    ];
    aws.on('GetWebACL', () => ({ body: { WebACL: { ...summary('allow-waf'), DefaultAction: { Allow: {} }, Rules } } }));
    assert.deepEqual(await waf.webAcl(balancer, aWebAcl().arn, signal), {
      ...aWebAcl(),
      rules: [
        { name: 'burst', action: 'count', match: { kind: 'rate', limit: 100, windowSeconds: 300 } },
        { name: 'flood', action: 'block', match: { kind: 'rate', limit: 2000, windowSeconds: 60 } },
      ],
    });
  });

  it('tells what is not there from what may not be seen', async () => {
    const missing = awsError('WAFNonexistentItemException');
    aws.on('GetWebACL', missing);
    await assert.rejects(waf.webAcl(balancer, aWebAcl().arn, signal), { code: 'waf.noWebAcl' });
    aws.on('GetWebACLForResource', missing);
    assert.equal(await waf.associated(balancer, signal), undefined);
    aws.on('GetWebACLForResource', () => ({ body: {} }));
    assert.equal(await waf.associated(balancer, signal), undefined);
    const denied = awsError('AccessDeniedException');
    for (const operation of ['GetWebACL', 'GetWebACLForResource']) aws.on(operation, denied);
    await assert.rejects(waf.webAcl(balancer, aWebAcl().arn, signal), { code: 'aws.accessDenied' });
    await assert.rejects(waf.associated(balancer, signal), { code: 'aws.accessDenied' });
  });
});
