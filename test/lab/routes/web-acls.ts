import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import type { Route } from '../../../src/domain/remediation/route.ts';
import { eventually } from '../../support/eventually.ts';
import { makeWebAcl, removeWebAcl } from '../../support/web-acls.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();
const Annotated = v.object({ metadata: v.object({ annotations: v.record(v.string(), v.string()) }) });
const Served = v.object({ status: v.object({ loadBalancer: v.unknown() }) });
const [shop, blog] = ['shop', 'blog'].map(
  (name) => `/apis/networking.k8s.io/v1/namespaces/sock-shop/ingresses/${name}`,
);

/** Of every way to switch a Web ACL. */
export function deletedMeanwhile(world: () => World, route: () => Route): void {
  const setup = writePath(world, route, 'switchWaf');
  beforeEach(() => setup().remedy.make());

  it('sends nothing when the ACL was deleted meanwhile', async () => {
    const { waf } = world().alb;
    const { remedy, runs } = setup();
    const webAcl = await makeWebAcl(waf, 'short-lived', { Block: {} });
    const before = await remedy.content('object');
    const { id } = await runs.plan({ ...remedy.request, inputs: { webAcl } }, signal);
    await removeWebAcl(waf, 'short-lived');
    const { error, times } = await runs.confirm(id);
    assert.deepEqual([error?.code, times.running], ['waf.noWebAcl', undefined]);
    assert.deepEqual(await remedy.content('object'), before);
  });
}

/** What is the same whichever way a plan goes. */
export function webAcls(world: () => World, route: () => Route): void {
  const setup = writePath(world, route, 'switchWaf');
  beforeEach(() => setup().remedy.make());

  it('makes no plan with an ACL of CloudFront, of another region or account, or of nobody', async () => {
    const { remedy, runs } = setup();
    const deny = v.parse(v.string(), remedy.request.inputs['webAcl']);
    const refused = (webAcl: string, code: string) =>
      assert.rejects(runs.plan({ ...remedy.request, inputs: { webAcl } }, signal), { code });
    await refused(deny.replace(/ap-northeast-2:(\d+):regional/, 'us-east-1:$1:global'), 'waf.wrongScope');
    await refused(deny.replace('ap-northeast-2', 'us-east-1'), 'waf.wrongRegion');
    await refused(deny.replace(/:\d{12}:/, ':210987654321:'), 'waf.wrongAccount');
    await refused(`${deny}<img src=x>`, 'waf.badArn');
  });

  it('plans within the time of a probe when a host hangs, and is verified without it', async () => {
    const { hanging } = world().alb;
    const { remedy, runs } = setup();
    hanging.add('shop.example.com');
    try {
      const { id, effects } = await runs.plan(remedy.request, signal);
      const warnings = effects.filter(({ severity }) => severity === 'warning').map(({ text }) => text);
      assert.match(warnings.join('\n'), /shop\.example\.com:\d+ has not answered for 1 s\./);
      assert.equal((await runs.confirm(id)).phase, 'verified');
    } finally {
      hanging.clear();
    }
  });

  describe('of a load balancer that two ingresses share', () => {
    const annotate = (path: string | undefined, annotations: Record<string, string | null>) =>
      world().lab.cluster.client.mergePatch(path ?? '', { metadata: { annotations } });
    const group = { 'alb.ingress.kubernetes.io/group.name': 'public' };
    const acl = 'alb.ingress.kubernetes.io/wafv2-acl-arn';
    beforeEach(async () => {
      await annotate(shop, group);
      await annotate(blog, { ...group, [acl]: null });
      const names = () => Promise.all([shop, blog].map((path) => world().lab.cluster.client.get(path ?? '', Served)));
      await eventually(names, ([one, other]) => isDeepStrictEqual(one?.status, other?.status));
    });

    it('asks the visitors of both', async () => {
      const { remedy, runs } = setup();
      const { id, effects, expectations } = await runs.plan(remedy.request, signal);
      assert.ok(effects.some(({ text }) => text.endsWith('get the same: sock-shop/blog (blog.example.com)')));
      assert.match(expectations.map(({ label }) => label).join('\n'), /blog\.example\.com:\d+ answers 403/);
      assert.equal((await runs.confirm(id)).phase, 'verified');
    });

    it('names the one that contradicts, and the one that decides', async () => {
      const { remedy, runs } = setup();
      const { metadata } = await world().lab.cluster.client.get(shop ?? '', Annotated);
      await annotate(blog, { [acl]: metadata.annotations[acl] ?? null });
      const { effects } = await runs.plan(remedy.request, signal);
      assert.ok(effects.some(({ text }) => text.includes('controller heeds none: sock-shop/blog arn:')));
      await annotate(shop, { [acl]: null });
      const refused = { code: 'waf.otherDecides', message: /of the ingress sock-shop\/blog/ };
      await assert.rejects(runs.plan(remedy.request, signal), refused);
    });
  });
}
