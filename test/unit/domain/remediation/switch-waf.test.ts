import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { oneLine } from '../../../../src/core/text.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import type { PlanRequest } from '../../../../src/domain/remediation/runs.ts';
import { switchWaf } from '../../../../src/domain/remediation/switch-waf/switch-waf.ts';
import { arnAnnotation, nameAnnotation } from '../../../../src/domain/waf/sources.ts';
import { FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aPlan, prod } from '../../../support/builders/remediation.ts';
import { aLoadBalancer, aServedIngress, aWebAcl, FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const { signal } = new AbortController();
const pointer = { cluster: prod, kind: 'Ingress', namespace: 'sock-shop', name: 'shop' } as const;
const [allow, deny] = [aWebAcl(), aWebAcl('deny-waf')];
const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'mina cannot patch' });

/** An ingress behind `allow-waf`, of a class with these parameters. */
function world(ingress = aServedIngress({ annotations: { [arnAnnotation]: allow.arn } }), classParams?: JsonObject) {
  const cluster = new FakeCluster(prod);
  const waf = new FakeWaf([allow, deny]);
  const prober = new FakeProber();
  const controller = { value: 'ingress.k8s.aws/alb' };
  /** What the cluster answers of other kinds: an object, a list or an error. */
  const answers: Record<string, JsonObject | Error> = {};
  cluster.read = ({ kind }) => {
    const answer = answers[kind];
    if (answer) return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    if (kind === 'IngressClass')
      return Promise.resolve({ spec: { controller: controller.value, parameters: { name: 'shared' } } });
    if (kind === 'IngressClassParams')
      return Promise.resolve({ metadata: { name: 'shared' }, spec: classParams ?? {} });
    return Promise.reject(new JarvisError({ code: 'kube.notFound', message: `no ${kind}` }));
  };
  const inspector = { read: () => Promise.resolve(ingress), dryRun: () => Promise.reject(forbidden) };
  const context = { planId: 'jv-waf', cluster, inspector, waf, prober, clock: new FakeClock() };
  const draft = (inputs: JsonObject = { webAcl: deny.arn }) =>
    switchWaf.draft({ remediation: 'switchWaf', pointer, inputs } satisfies PlanRequest, context, signal);
  const effects = async (inputs?: JsonObject) => (await draft(inputs)).effects.map(({ text }) => text).join('\n');
  return { waf, prober, controller, answers, context, draft, effects };
}

describe('switching a Web ACL', () => {
  it('changes the one annotation, guarded by the UID and what it was', async () => {
    const { operation, changes, values, inverse, title, accounts } = await world().draft();
    const path = '/metadata/annotations/alb.ingress.kubernetes.io~1wafv2-acl-arn';
    assert.ok(operation.kind === 'patch');
    assert.deepEqual(operation.patch, [
      { op: 'test', path: '/metadata/uid', value: 'uid-shop' },
      { op: 'test', path, value: allow.arn },
      { op: 'add', path, value: deny.arn },
    ]);
    assert.equal(title, 'Switch shop to Web ACL deny-waf');
    assert.deepEqual(accounts, ['123456789012'], 'the load balancer’s: it may be locked');
    assert.deepEqual(
      changes.map(({ before, after }) => [before, after]),
      [
        [allow.arn, deny.arn],
        [undefined, 'jv-waf'],
      ],
    );
    assert.deepEqual([values['ingress'], values['annotation'], values['web_acl']], ['shop', arnAnnotation, deny.arn]);
    assert.deepEqual('inputs' in inverse && inverse.inputs, { webAcl: allow.arn });
  });

  it('writes the name where the ingress names the ACL, since that would win', async () => {
    const { values } = await world(aServedIngress({ annotations: { [nameAnnotation]: 'allow-waf' } })).draft();
    assert.deepEqual([values['annotation'], values['web_acl']], [nameAnnotation, 'deny-waf']);
  });

  it('makes the annotations where there are none, and goes back to what WAF has', async () => {
    const { operation, inverse } = await world(aServedIngress()).draft();
    assert.ok(operation.kind === 'patch');
    assert.deepEqual(operation.patch.slice(1), [
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { [arnAnnotation]: deny.arn } },
    ]);
    assert.deepEqual('inputs' in inverse && inverse.inputs, { webAcl: allow.arn });
  });

  it('is seen at the load balancer and at each host', async () => {
    const blocked = await world().draft();
    assert.deepEqual(
      blocked.expectations.map(({ role, label }) => `${role}: ${label}`),
      [
        'change: the ingress names deny-waf',
        'recovery: deny-waf stands before the load balancer',
        'recovery: shop.example.com answers 503',
      ],
    );
    const back = world(aServedIngress({ annotations: { [arnAnnotation]: deny.arn } }));
    const open = (await back.draft({ webAcl: allow.arn })).expectations.at(-1)?.check;
    assert.deepEqual(open?.kind === 'entrance' && [open.is, open.blocked], ['open', { status: 503 }]);
  });

  it('says what visitors get now and will get', async () => {
    const { prober, effects } = world();
    prober.answer = () => ({ status: 301, location: 'https://shop.example.com/\u202e' });
    const text = await effects();
    assert.match(text, /Visitors will get 503 and this page \(text\/html\): “Back soon”/);
    assert.match(text, /shop\.example\.com answers now: 301 after 7 ms, to https:\/\/shop\.example\.com\/\uFFFD/);
    assert.match(text, /Set now by the annotation .*wafv2-acl-arn/);
  });

  it('keeps the whole page as a text, whatever is in it', async () => {
    const { waf, draft, effects } = world();
    const becomes = (contentType: string, body: string) => {
      waf.acls = [allow, { ...deny, defaultAction: { kind: 'block', status: 503, page: { contentType, body } } }];
    };
    const body = '<h1 onload="alert(1)">Back\u202e</h1>\n';
    becomes('text/html', body);
    assert.deepEqual((await draft()).documents, [{ name: 'the page for visitors.html', text: body }]);
    becomes('application/json', '{}');
    assert.equal((await draft()).documents?.[0]?.name, 'the page for visitors.json');
    becomes('text/plain', '<'.repeat(2_000_000));
    assert.equal((await draft()).documents?.[0]?.text.length, 65_536);
    assert.ok((await effects()).length < 2_000);
  });

  it('fetches the page that a redirect leads to, or says why it cannot', async () => {
    const away = { kind: 'block', status: 302, location: 'https://status.example.com/' } as const;
    const { waf, prober, draft, effects } = world();
    waf.acls = [allow, { ...deny, defaultAction: away }];
    prober.answer = (url) => (url === away.location ? { body: '<p>Mending</p>' } : {});
    assert.match(
      await effects(),
      /sent to https:\/\/status\.example\.com\/ \(302\)\.\nThat page answers 200 after 7 ms: “Mending”/,
    );
    prober.answer = () => ({ body: '<p>Mending</p>' });
    assert.deepEqual((await draft()).documents, [{ name: 'the page for visitors.html', text: '<p>Mending</p>' }]);
    prober.answer = (url) =>
      url === away.location ? new JarvisError({ code: 'probe.private', message: 'It is private.' }) : {};
    assert.match(await effects(), /cannot be seen from here: It is private\./);
  });

  it('warns of a host that hangs, and does not wait for it afterwards', async () => {
    const { prober, draft } = world();
    prober.answer = () => new JarvisError({ code: 'probe.timeout', message: 'It hangs.' });
    const { effects, expectations } = await draft();
    assert.ok(effects.some(({ severity, text }) => severity === 'warning' && text.startsWith('It hangs.')));
    assert.deepEqual(
      expectations.map(({ id }) => id),
      ['annotation', 'webAcl'],
    );
  });

  it('warns of what it cannot know', async () => {
    const { context, draft } = world();
    context.cluster.read = () => Promise.reject(forbidden);
    const { effects } = await draft();
    const warned = (what: string) =>
      effects.some(({ severity, text }) => severity === 'warning' && text.includes(what));
    assert.ok(warned('class cannot be read') && warned('other ingresses share the load balancer is not known'));
    assert.ok(effects.some(({ text }) => text.includes('Whether a Gateway serves a host too is not known')));
  });

  describe('where no class is named', () => {
    const ingress = () => ({ ...aServedIngress({ annotations: { [arnAnnotation]: allow.arn } }), spec: {} });
    const aClass = (name: string) => ({
      metadata: { name, annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } },
      spec: { controller: 'ingress.k8s.aws/alb', parameters: { name: 'shared' } },
    });

    it('heeds the parameters of the default one', async () => {
      const { answers, draft } = world(ingress(), { wafv2AclName: 'shared-waf' });
      answers['IngressClass'] = { items: [{ metadata: { name: 'nginx' } }, aClass('alb')] };
      await assert.rejects(draft(), { code: 'waf.classDecides', message: /wafv2AclName of .* shared: shared-waf/ });
    });

    it('says that it does not know where there is no default one, or more than one', async () => {
      for (const items of [[], [aClass('alb'), aClass('other')]]) {
        const { answers, effects } = world(ingress());
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
      const it = world(aServedIngress({ annotations: { ...group, ...own } }));
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
      const { answers, effects } = world(undefined, { group: { name: 'public' } });
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
      const it = world();
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

  it('says what comes from outside on one line, without what would turn or hide it', async () => {
    const evil = '\u202e<img src=x onerror=alert(1)>\u0000\n# not a heading';
    const rules = [{ name: evil, action: 'block', match: { kind: 'other', name: evil } }] as const;
    const away = { kind: 'block', status: 302, location: `https://status.example.com/${evil}` } as const;
    const { waf, prober, draft } = world(aServedIngress({ annotations: { [nameAnnotation]: evil }, hosts: [evil] }));
    waf.acls = [
      { ...allow, name: evil },
      { ...deny, name: `next ${evil}`, rules, defaultAction: away },
    ];
    waf.before = { arn: allow.arn, name: `other ${evil}` };
    prober.answer = () => ({ body: evil.repeat(100) });
    const { title, effects, expectations } = await draft();
    const said = [title, ...effects.map(({ text }) => text), ...expectations.map(({ label }) => label)];
    for (const text of said) assert.equal(text, oneLine(text));
  });

  it('refuses what would do nothing, or is no ACL for this load balancer', async () => {
    const refused = (code: string, inputs?: JsonObject, { draft } = world()) => assert.rejects(draft(inputs), { code });
    await refused('waf.classDecides', undefined, world(undefined, { wafv2AclName: 'shared-waf' }));
    await refused('waf.noWebAcl', { webAcl: aWebAcl('deleted').arn });
    await refused('remediation.badInput', { webAcl: allow.arn });
    await refused('remediation.badInput', {});
    for (const minutes of [0, 1.5, -1, 100_000, '15'])
      await refused('remediation.badInput', { webAcl: deny.arn, minutes });
    await refused('waf.noAddress', undefined, world(aServedIngress({ address: null })));
    const other = world();
    other.controller.value = 'k8s.io/ingress-nginx';
    await refused('waf.otherController', undefined, other);
  });

  it('has a way back after the minutes that somebody chose', async () => {
    const { backAfterMs, inputs, effects } = await world().draft({ webAcl: deny.arn, minutes: 15 });
    assert.equal(backAfterMs, 900_000);
    assert.deepEqual(inputs, { webAcl: deny.arn, minutes: 15 });
    assert.ok(effects.some(({ text }) => text.includes('back 15 minutes after')));
  });

  it('is not sent when the ACL was deleted since', async () => {
    const { waf, context, draft } = world();
    const plan = aPlan(context.clock, { expectations: (await draft()).expectations });
    await switchWaf.recheck?.(plan, context, signal);
    waf.acls = [allow];
    await assert.rejects(async () => switchWaf.recheck?.(plan, context, signal), { code: 'waf.noWebAcl' });
  });
});
