import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { oneLine } from '../../../../../src/core/text.ts';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';
import { switchWaf } from '../../../../../src/domain/remediation/switch-waf/switch-waf.ts';
import { arnAnnotation, nameAnnotation } from '../../../../../src/domain/waf/sources.ts';
import { aPlan } from '../../../../support/builders/remediation.ts';
import { aServedIngress, aWebAcl } from '../../../../support/builders/waf.ts';
import { allow, aSwitch, deny, forbidden } from '../../../../support/switch-waf-world.ts';

const { signal } = new AbortController();

describe('switching a Web ACL', () => {
  it('changes the one annotation, guarded by the UID and what it was', async () => {
    const { operation, changes, values, inverse, title, accounts } = await aSwitch().draft();
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
    const { values } = await aSwitch(aServedIngress({ annotations: { [nameAnnotation]: 'allow-waf' } })).draft();
    assert.deepEqual([values['annotation'], values['web_acl']], [nameAnnotation, 'deny-waf']);
  });

  it('makes the annotations where there are none, and goes back to what WAF has', async () => {
    const { operation, inverse } = await aSwitch(aServedIngress()).draft();
    assert.ok(operation.kind === 'patch');
    assert.deepEqual(operation.patch.slice(1), [
      { op: 'test', path: '/metadata/annotations', value: null },
      { op: 'add', path: '/metadata/annotations', value: { [arnAnnotation]: deny.arn } },
    ]);
    assert.deepEqual('inputs' in inverse && inverse.inputs, { webAcl: allow.arn });
  });

  it('is seen at the load balancer and at each host', async () => {
    const blocked = await aSwitch().draft();
    assert.deepEqual(
      blocked.expectations.map(({ role, label }) => `${role}: ${label}`),
      [
        'change: the ingress names deny-waf',
        'recovery: deny-waf stands before the load balancer',
        'recovery: shop.example.com answers 503',
      ],
    );
    const back = aSwitch(aServedIngress({ annotations: { [arnAnnotation]: deny.arn } }));
    const open = (await back.draft({ webAcl: allow.arn })).expectations.at(-1)?.check;
    assert.deepEqual(open?.kind === 'entrance' && [open.is, open.blocked], ['open', { status: 503 }]);
  });

  it('says what visitors get now and will get', async () => {
    const { prober, effects } = aSwitch();
    prober.answer = () => ({ status: 301, location: 'https://shop.example.com/\u202e' });
    const text = await effects();
    assert.match(text, /Visitors will get 503 and this page \(text\/html\): “Back soon”/);
    assert.match(text, /shop\.example\.com answers now: 301 after 7 ms, to https:\/\/shop\.example\.com\/\uFFFD/);
    assert.match(text, /Set now by the annotation .*wafv2-acl-arn/);
  });

  it('keeps the whole page as a text, whatever is in it', async () => {
    const { waf, draft, effects } = aSwitch();
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
    const { waf, prober, draft, effects } = aSwitch();
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
    const { prober, draft } = aSwitch();
    prober.answer = () => new JarvisError({ code: 'probe.timeout', message: 'It hangs.' });
    const { effects, expectations } = await draft();
    assert.ok(effects.some(({ severity, text }) => severity === 'warning' && text.startsWith('It hangs.')));
    assert.deepEqual(
      expectations.map(({ id }) => id),
      ['annotation', 'webAcl'],
    );
  });

  it('warns of what it cannot know', async () => {
    const { context, draft } = aSwitch();
    context.cluster.read = () => Promise.reject(forbidden);
    const { effects } = await draft();
    const warned = (what: string) =>
      effects.some(({ severity, text }) => severity === 'warning' && text.includes(what));
    assert.ok(warned('class cannot be read') && warned('other ingresses share the load balancer is not known'));
    assert.ok(effects.some(({ text }) => text.includes('Whether a Gateway serves a host too is not known')));
  });

  it('says what comes from outside on one line, without what would turn or hide it', async () => {
    const evil = '\u202e<img src=x onerror=alert(1)>\u0000\n# not a heading';
    const rules = [{ name: evil, action: 'block', match: { kind: 'other', name: evil } }] as const;
    const away = { kind: 'block', status: 302, location: `https://status.example.com/${evil}` } as const;
    const { waf, prober, draft } = aSwitch(aServedIngress({ annotations: { [nameAnnotation]: evil }, hosts: [evil] }));
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
    const refused = (code: string, inputs?: JsonObject, { draft } = aSwitch()) =>
      assert.rejects(draft(inputs), { code });
    await refused('waf.classDecides', undefined, aSwitch(undefined, { wafv2AclName: 'shared-waf' }));
    await refused('waf.noWebAcl', { webAcl: aWebAcl('deleted').arn });
    await refused('remediation.badInput', { webAcl: allow.arn });
    await refused('remediation.badInput', {});
    for (const minutes of [0, 1.5, -1, 100_000, '15'])
      await refused('remediation.badInput', { webAcl: deny.arn, minutes });
    await refused('waf.noAddress', undefined, aSwitch(aServedIngress({ address: null })));
    const other = aSwitch();
    other.controller.value = 'k8s.io/ingress-nginx';
    await refused('waf.otherController', undefined, other);
  });

  it('has a way back after the minutes that somebody chose', async () => {
    const { backAfterMs, inputs, effects } = await aSwitch().draft({ webAcl: deny.arn, minutes: 15 });
    assert.equal(backAfterMs, 900_000);
    assert.deepEqual(inputs, { webAcl: deny.arn, minutes: 15 });
    assert.ok(effects.some(({ text }) => text.includes('back 15 minutes after')));
  });

  it('is not sent when the ACL was deleted since', async () => {
    const { waf, context, draft } = aSwitch();
    const plan = aPlan(context.clock, { expectations: (await draft()).expectations });
    await switchWaf.recheck?.(plan, context, signal);
    waf.acls = [allow];
    await assert.rejects(async () => switchWaf.recheck?.(plan, context, signal), { code: 'waf.noWebAcl' });
  });
});
