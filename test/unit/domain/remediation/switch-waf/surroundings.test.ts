import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';
import { arnAnnotation, nameAnnotation } from '../../../../../src/domain/waf/sources.ts';
import { aLoadBalancer, aServedIngress } from '../../../../support/builders/waf.ts';
import { allow, aSwitch } from '../../../../support/switch-waf-world.ts';

describe('switching the Web ACL of an ingress', () => {
  describe('where no class is named', () => {
    const ingress = () => ({ ...aServedIngress({ annotations: { [arnAnnotation]: allow.arn } }), spec: {} });
    const aClass = (name: string) => ({
      metadata: { name, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'ingress.k8s.aws/alb', parameters: { name: 'shared' } },
    });

    it('heeds the parameters of the default one', async () => {
      const { answers, draft } = aSwitch(ingress(), { wafv2AclName: 'shared-waf' });
      answers['IngressClass'] = { items: [{ metadata: { name: 'nginx' } }, aClass('alb')] };
      await assert.rejects(draft(), { code: 'waf.classDecides', message: /wafv2AclName of .* shared: shared-waf/ });
    });

    it('says that it does not know where there is no default one, or more than one', async () => {
      for (const items of [[], [aClass('alb'), aClass('other')]]) {
        const { answers, effects } = aSwitch(ingress());
        answers['IngressClass'] = { items };
        assert.match(await effects(), /class cannot be read/);
      }
    });
  });

  describe('in a group of ingresses', () => {
    const group = { 'alb.ingress.kubernetes.io/group.name': 'public' };
    const far = aServedIngress({ name: 'far', address: 'far-1.ap-northeast-2.elb.amazonaws.com' });
    const blog = (annotations: Record<string, string>, address: string | null = null) =>
      aServedIngress({ name: 'blog', annotations, address });
    const withBlog = (other: JsonObject, own: Record<string, string> = { [arnAnnotation]: allow.arn }) => {
      const it = aSwitch(aServedIngress({ annotations: { ...group, ...own } }));
      it.answers['Ingress'] = { items: [other, far] };
      return it;
    };

    it('says which other hosts get the same, and asks them before and after', async () => {
      const { draft, prober } = withBlog(blog(group, aLoadBalancer().dnsName));
      const { effects, expectations } = await draft();
      assert.ok(effects.some(({ text }) => text.endsWith('get the same: sock-shop/blog (blog.example.com)')));
      assert.ok(prober.asked.includes('http://blog.example.com/'));
      assert.ok(expectations.some(({ label }) => label === 'blog.example.com answers 503'));
      assert.ok(!effects.some(({ text }) => text.includes('far')));
    });

    it('is known by the load balancer, too, where the class names the group', async () => {
      const { answers, effects } = aSwitch(undefined, { group: { name: 'public' } });
      answers['Ingress'] = { items: [blog({}, aLoadBalancer().dnsName), far] };
      assert.match(await effects(), /get the same: sock-shop\/blog/);
    });

    it('warns of those that name another ACL', async () => {
      const { effects } = withBlog(blog({ ...group, [arnAnnotation]: allow.arn }));
      assert.match(
        await effects(),
        /until they are switched too the controller heeds none: sock-shop\/blog arn:.*allow-waf/,
      );
    });

    it('refuses where another ingress decides', async () => {
      const decides = async (other: Record<string, string>, own?: Record<string, string>) =>
        assert.rejects(withBlog(blog({ ...group, ...other }), own).draft(), {
          code: 'waf.otherDecides',
          message: /of the ingress sock-shop\/blog\..*switch it there/,
        });
      await decides({ [nameAnnotation]: 'allow-waf' });
      await decides({ [arnAnnotation]: allow.arn }, {});
    });
  });

  describe('beside Gateways', () => {
    const ref = (name: string) => ({ group: 'gateway.k8s.aws', kind: 'LoadBalancerConfiguration', name });
    const gateway = (address: string) => ({
      metadata: { namespace: 'edge', name: 'public' },
      spec: { gatewayClassName: 'aws-alb', infrastructure: { parametersRef: ref('public-lb') } },
      status: { addresses: [{ type: 'Hostname', value: address }] },
    });
    const configuration = {
      metadata: { namespace: 'edge', name: 'public-lb' },
      spec: { wafV2: { webACL: 'edge-waf' } },
    };
    const withGateway = (address: string, hostnames: string[] = []) => {
      const it = aSwitch();
      it.answers['Gateway'] = { items: [gateway(address)] };
      it.answers['LoadBalancerConfiguration'] = configuration;
      const route = { metadata: { namespace: 'edge' }, spec: { parentRefs: [{ name: 'public' }], hostnames } };
      it.answers['HTTPRoute'] = { items: [route] };
      return it;
    };

    it('refuses where the load balancer is a Gateway’s, and says what decides', async () => {
      const { draft } = withGateway(aLoadBalancer().dnsName);
      const message =
        /Gateway edge\/public\. Its Web ACL \(edge-waf\) is set by wafV2\.webACL of edge\/public-lb: change it there/;
      await assert.rejects(draft(), { code: 'waf.gatewayDecides', message });
    });

    it('warns where a Gateway serves a host, too', async () => {
      const serves = /Gateway edge\/public serves shop\.example\.com too, behind edge-waf by edge\/public-lb/;
      for (const hostname of ['shop.example.com', '*.example.com'])
        assert.match(await withGateway('other.elb.amazonaws.com', [hostname]).effects(), serves);
      for (const hostname of ['blog.example.com', '*.shop.example.com'])
        assert.doesNotMatch(await withGateway('other.elb.amazonaws.com', [hostname]).effects(), /Gateway/);
    });
  });
});
