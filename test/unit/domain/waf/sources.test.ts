import assert from 'node:assert/strict';
import { fittingArn, parseWebAclArn } from '../../../../src/domain/waf/arn.ts';
import { entrancesOf } from '../../../../src/domain/waf/entrances.ts';
import { deciding } from '../../../../src/domain/waf/gateways.ts';
import { excerptOf, webAclInWords } from '../../../../src/domain/waf/in-words.ts';
import { aclSources, arnAnnotation, nameAnnotation } from '../../../../src/domain/waf/sources.ts';
import { aLoadBalancer, aServedIngress, aWebAcl } from '../../../support/builders/waf.ts';

const params = (spec: Record<string, string>) => ({ metadata: { name: 'shared' }, spec });

describe('who says which Web ACL stands before an ingress', () => {
  const both = aServedIngress({ annotations: { [arnAnnotation]: 'arn:a', [nameAnnotation]: 'a' } });
  const winner = (spec?: Record<string, string>, ingress = both) => aclSources(ingress, spec && params(spec))[0];

  it('is a name before an ARN, and the class before the ingress', () => {
    assert.deepEqual(winner(), { kind: 'annotation', key: nameAnnotation, value: 'a' });
    assert.deepEqual(winner({ wafv2AclArn: 'arn:c' }), { kind: 'annotation', key: nameAnnotation, value: 'a' });
    const named = { kind: 'classParams', name: 'shared', field: 'wafv2AclName', value: 'c' };
    assert.deepEqual(winner({ wafv2AclArn: 'arn:c', wafv2AclName: 'c' }), named);
    const byArn = aServedIngress({ annotations: { [arnAnnotation]: 'arn:a' } });
    assert.equal(winner({ wafv2AclArn: 'arn:c' }, byArn)?.value, 'arn:c');
    assert.equal(winner({}, byArn)?.value, 'arn:a');
  });

  it('is the class of a Gateway before the Gateway, unless it says otherwise', () => {
    const configuration = (name: string, webACL?: string, mergingMode?: string) => ({
      metadata: { namespace: 'edge', name },
      spec: { ...(webACL !== undefined && { wafV2: { webACL } }), ...(mergingMode !== undefined && { mergingMode }) },
    });
    const own = configuration('own', 'own-waf');
    assert.equal(deciding(own, configuration('class', 'class-waf'))?.configuration, 'edge/class');
    assert.equal(deciding(own, configuration('class', 'class-waf', 'prefer-gateway'))?.webAcl, 'own-waf');
    assert.equal(deciding(own, configuration('class'))?.webAcl, 'own-waf');
    assert.deepEqual(deciding(undefined, configuration('class')), { configuration: 'edge/class', webAcl: undefined });
    assert.equal(deciding(undefined, undefined), undefined);
  });

  it('is nobody where it is empty', () => {
    assert.equal(winner({ wafv2AclArn: '' }, aServedIngress({ annotations: { [arnAnnotation]: '' } })), undefined);
  });
});

describe('the ARN of a Web ACL', () => {
  it('is taken apart', () => {
    const { name, scope, region } = parseWebAclArn(aWebAcl('deny-waf').arn) ?? assert.fail('it is one');
    assert.deepEqual([name, scope, region], ['deny-waf', 'REGIONAL', 'ap-northeast-2']);
    for (const wrong of ['', 'none', 'arn:aws:wafv2:x:1:regional/webacl/a/b', `${aWebAcl().arn}\n`, aWebAcl('a b').arn])
      assert.equal(parseWebAclArn(wrong), undefined, wrong);
  });

  it('must be of the load balancer’s region and account, and regional', () => {
    const { arn } = aWebAcl();
    const refused = (wrong: string, code: string) => assert.throws(() => fittingArn(wrong, aLoadBalancer()), { code });
    assert.equal(fittingArn(arn, aLoadBalancer()).name, 'allow-waf');
    refused(arn.replace('ap-northeast-2', 'us-east-1'), 'waf.wrongRegion');
    refused(arn.replace('ap-northeast-2', 'us-east-1').replace('regional', 'global'), 'waf.wrongScope');
    refused(arn.replace('123456789012', '210987654321'), 'waf.wrongAccount');
    refused('deny-waf', 'waf.badArn');
  });
});

describe('the entrances of an ingress', () => {
  const urls = (over: Parameters<typeof aServedIngress>[0]) =>
    entrancesOf(aServedIngress(over)).asked.map(({ url }) => url);
  const ports = (text: string) => ({ annotations: { 'alb.ingress.kubernetes.io/listen-ports': text } });

  it('are its hosts, at the load balancer', () => {
    const { asked } = entrancesOf(aServedIngress());
    assert.deepEqual(asked, [{ url: 'http://shop.example.com/', address: aLoadBalancer().dnsName }]);
  });

  it('are by HTTPS where it listens to that, at its port', () => {
    assert.deepEqual(urls(ports('[{"HTTP": 80}, {"HTTPS": 8443}]')), ['https://shop.example.com:8443/']);
    assert.deepEqual(urls({ tls: [{ hosts: ['shop.example.com'] }] }), ['https://shop.example.com/']);
    for (const broken of ['', '{', 'null', '[null]', '[{"HTTP": "80; rm"}]', '[{"HTTP": 70000}]'])
      assert.deepEqual(urls(ports(broken)), ['http://shop.example.com/'], broken);
  });

  it('are at most ten, none of them a wildcard or what is no name', () => {
    const hosts = [
      '*.example.com',
      'a b',
      'user@evil.example.com',
      ...Array.from({ length: 12 }, (_, n) => `h${n}.example.com`),
    ];
    const { asked, others } = entrancesOf(aServedIngress({ hosts }));
    assert.equal(asked.length, 10);
    assert.deepEqual(others, ['*.example.com', 'a b', 'user@evil.example.com', 'h10.example.com', 'h11.example.com']);
  });

  it('are the load balancer itself where every host is meant, and none without one', () => {
    assert.deepEqual(urls({ hosts: [] }), [`http://${aLoadBalancer().dnsName}/`]);
    assert.deepEqual(urls({ address: null }), []);
  });
});

describe('a Web ACL in words', () => {
  it('says what it does by default, and its rules in their order', () => {
    assert.equal(webAclInWords(aWebAcl()), 'allows by default; no rules');
    const rules = [
      { name: 'office', action: 'allow', match: { kind: 'ipSet', name: 'seoul' } },
      { name: 'flood', action: 'block', match: { kind: 'rate', limit: 2000, windowSeconds: 60 } },
    ] as const;
    assert.equal(
      webAclInWords(aWebAcl('deny-waf', { rules })),
      'blocks by default with 503; rules: office allows the IP set seoul, flood blocks more than 2000 requests in 1 min',
    );
  });

  it('shows the first words of a page, and no markup', () => {
    assert.equal(
      excerptOf('<head><title>x</title></head><h1>Back</h1>\n<script>bad()</script> soon\u202e'),
      'Back soon\uFFFD',
    );
    assert.equal(excerptOf('<!doctype html><title>Shop</title><h1>Back soon</h1>'), 'Back soon');
    assert.equal(excerptOf('<'.repeat(100_000)).length <= 121, true);
  });
});
