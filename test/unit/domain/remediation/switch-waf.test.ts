import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import type { PlanRequest } from '../../../../src/domain/remediation/runs.ts';
import { switchWaf } from '../../../../src/domain/remediation/switch-waf/switch-waf.ts';
import { arnAnnotation, nameAnnotation } from '../../../../src/domain/waf/sources.ts';
import { anIngress, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aPlan, prod } from '../../../support/builders/remediation.ts';
import { aServedIngress, aWebAcl, FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
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
  cluster.read = ({ kind }) => {
    if (kind === 'IngressClass')
      return Promise.resolve({ spec: { controller: controller.value, parameters: { name: 'shared' } } });
    return Promise.resolve({ metadata: { name: 'shared' }, spec: classParams ?? {} });
  };
  const inspector = { read: () => Promise.resolve(ingress), dryRun: () => Promise.reject(forbidden) };
  const context = { planId: 'jv-waf', cluster, inspector, waf, prober, clock: new FakeClock() };
  const draft = (inputs: JsonObject = { webAcl: deny.arn }) =>
    switchWaf.draft({ remediation: 'switchWaf', pointer, inputs } satisfies PlanRequest, context, signal);
  const effects = async (inputs?: JsonObject) => (await draft(inputs)).effects.map(({ text }) => text).join('\n');
  return { waf, prober, controller, context, draft, effects };
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

  it('fetches the page that a redirect leads to, or says why it cannot', async () => {
    const away = { kind: 'block', status: 302, location: 'https://status.example.com/' } as const;
    const { waf, prober, effects } = world();
    waf.acls = [allow, { ...deny, defaultAction: away }];
    prober.answer = (url) => (url === away.location ? { body: '<p>Mending</p>' } : {});
    assert.match(
      await effects(),
      /sent to https:\/\/status\.example\.com\/ \(302\)\.\nThat page answers 200 after 7 ms: “Mending”/,
    );
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

  it('warns of what it cannot know, and of ingresses that want another ACL', async () => {
    const group = { 'alb.ingress.kubernetes.io/group.name': 'public' };
    const { context, effects, draft } = world(
      aServedIngress({ annotations: { ...group, [arnAnnotation]: allow.arn } }),
    );
    const blog = { uid: 'uid-blog', name: 'blog', annotations: { ...group, [arnAnnotation]: allow.arn } };
    context.cluster.stores.ingresses.has(anIngress(blog));
    assert.match(await effects(), /sock-shop\/blog of the same load balancer want another Web ACL/);
    context.cluster.read = () => Promise.reject(forbidden);
    const { effects: unknown } = await draft();
    assert.ok(unknown.some(({ severity, text }) => severity === 'warning' && text.includes('class cannot be read')));
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
