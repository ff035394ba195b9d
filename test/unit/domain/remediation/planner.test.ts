import assert from 'node:assert/strict';
import { Planner } from '../../../../src/domain/remediation/planner.ts';
import type { Draft } from '../../../../src/domain/remediation/remediation.ts';
import { FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aPlan, aTarget, FakeRoute, prod } from '../../../support/builders/remediation.ts';
import { FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { request } from '../../../support/registry-world.ts';

describe('Planner', () => {
  it('pins all that a draft says, and whatever else the locks of production ask about', async () => {
    const clock = new FakeClock();
    const { title, target, inputs, changes, diffSource, effects, inverse, expectations } = aPlan(clock);
    const said = {
      ...{ title, target, inputs, changes, diffSource, effects, inverse, expectations },
      holds: [{ path: 'status', value: 'deployed' }],
      reasons: ['why'],
      documents: [{ name: 'page.html', text: '' }],
      namespaces: ['payments'],
      backAfterMs: 60_000,
    };
    const operation = { kind: 'patch', patch: [] } as const;
    const draft: Draft = { ...said, owners: [], values: {}, plannedFor: '', operation, accounts: ['123456789012'] };
    const remedy = { draft: () => Promise.resolve(draft) };
    const route = new FakeRoute();
    route.prepare = () => Promise.resolve({ route: 'direct', payload: {}, preview: [], account: '210987654321' });
    const planner = new Planner({
      clock,
      remediations: { scaleHpa: remedy, restart: remedy, switchWaf: remedy, rollback: remedy },
      routes: [route],
      defaultRoute: () => 'direct',
      context: () => ({
        ...{ cluster: new FakeCluster(prod), waf: new FakeWaf(), prober: new FakeProber(), clock },
        inspector: { read: () => Promise.resolve({}), dryRun: () => Promise.resolve({}) },
      }),
      actor: () => 'mina',
    });
    const plan = await planner.plan(request, new AbortController().signal);
    const { id, remediation, actor, createdAt, expiresAt, accounts, request: sent, owners, problems, ...rest } = plan;
    assert.deepEqual(rest, said);
    assert.deepEqual(accounts, ['123456789012', '210987654321'], 'of what is changed, and of the route');
    assert.deepEqual([remediation, actor, sent.route, owners, problems], ['scaleHpa', 'mina', 'direct', [], []]);
    assert.match(id, /^jv-[a-z0-9]{16}$/);
    assert.ok(createdAt === clock.now() && expiresAt > createdAt);
    assert.deepEqual(plan.target, aTarget());
  });
});
