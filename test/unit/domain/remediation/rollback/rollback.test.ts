import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import type { Release } from '../../../../../src/domain/helm/model.ts';
import type { ReleaseRevision } from '../../../../../src/domain/kubernetes/model.ts';
import type { MergePatch } from '../../../../../src/domain/kubernetes/reader.ts';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';
import { mayBeAlive } from '../../../../../src/domain/remediation/rollback/alive.ts';
import { lastGood } from '../../../../../src/domain/remediation/rollback/history.ts';
import { rollback } from '../../../../../src/domain/remediation/rollback/rollback.ts';
import { aWholeRelease } from '../../../../support/builders/helm.ts';
import { aRelease, FakeCluster } from '../../../../support/builders/kubernetes.ts';
import { prod } from '../../../../support/builders/remediation.ts';
import { FakeProber, FakeWaf } from '../../../../support/builders/waf.ts';
import { FakeClock } from '../../../../support/fake-clock.ts';
import { thrown } from '../../../../support/github/route-world.ts';

const { signal } = new AbortController();
const minutes = 60_000;

const configMap = (name: string, colour: string) =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { colour: ${colour} }\n`;

/** Revisions by their statuses, the first one first, each with its manifest; and what the server has and says. */
function world(statuses: readonly string[], manifests: readonly string[] = [], over: Partial<Release> = {}) {
  const clock = new FakeClock();
  const cluster = new FakeCluster(prod);
  cluster.stores.horizontalpodautoscalers.has();
  const history = statuses.map((status, index): ReleaseRevision =>
    aRelease({ release: 'web', revision: index + 1, status, createdAt: clock.now(), uid: `u${index + 1}` }),
  );
  const live = new Map<string, JsonObject>();
  const asked: MergePatch[] = [];
  cluster.releases = {
    history: () => Promise.resolve(history.toReversed()),
    head: () => Promise.resolve({}),
    read: (namespace, name, revision) =>
      Promise.resolve(aWholeRelease({ namespace, name, revision, manifest: manifests[revision - 1] ?? '', ...over })),
  };
  cluster.serves = ({ apiVersion, kind }) =>
    Promise.resolve({ group: '', version: apiVersion, kind, resource: `${kind.toLowerCase()}s`, isNamespaced: true });
  cluster.read = ({ kind, name }) => {
    const found = live.get(`${kind} ${name}`);
    return found ? Promise.resolve(found) : Promise.reject(new JarvisError({ code: 'kube.notFound', message: 'gone' }));
  };
  cluster.foresee = (_, patch) => {
    asked.push(patch);
    return Promise.resolve(patch.merge);
  };
  const pointer = { cluster: prod, kind: 'Release' as const, namespace: 'sock-shop', name: 'web' };
  const inspector = { read: () => Promise.resolve({}), dryRun: () => Promise.resolve({}) };
  const plan = (inputs: JsonObject = {}) =>
    rollback.draft(
      { remediation: 'rollback', pointer, inputs },
      { planId: 'jv-rollback', cluster, inspector, clock, waf: new FakeWaf(), prober: new FakeProber() },
      signal,
    );
  return { plan, cluster, clock, live, asked, history };
}
const has = (colour: string): JsonObject => ({ kind: 'ConfigMap', data: { colour } });

describe('the rollback of a release', () => {
  for (const [statuses, good] of [
    [['deployed'], undefined],
    [['superseded', 'deployed'], 1],
    [['superseded', 'deployed', 'failed'], 2],
    [['superseded', 'superseded', 'failed', 'failed', 'deployed'], 2],
    [['deployed', 'pending-upgrade'], 1],
    [['pending-install'], undefined],
    [['superseded', 'uninstalled'], 1],
  ] as const)
    it(`finds the last good one of ${statuses.join(', ')}`, () => {
      const history = statuses.map((status, index) => aRelease({ revision: index + 1, status }));
      assert.equal(lastGood(history), good);
    });

  it('pins the newest revision and its status, and goes to the last good one unless told otherwise', async () => {
    const { plan } = world(['superseded', 'superseded', 'deployed']);
    const draft = await plan();
    assert.deepEqual(draft.operation, { kind: 'helmRollback', from: 3, to: 2 });
    assert.deepEqual(draft.holds, [
      { path: 'revision', value: 3 },
      { path: 'status', value: 'deployed' },
    ]);
    assert.equal(draft.target.uid, String(Date.parse('2026-11-20T10:00:00Z')));
    assert.deepEqual(draft.values, { cluster: 'prod-seoul', namespace: 'sock-shop', release: 'web', revision: '2' });
    assert.deepEqual((await plan({ revision: 1 })).operation, { kind: 'helmRollback', from: 3, to: 1 });
  });

  it('refuses a revision that is not there, and what is none', async () => {
    const { plan } = world(['superseded', 'deployed']);
    for (const revision of [7, 0, -1, '1; rm', null, 1.5])
      assert.equal((await thrown(plan({ revision }))).code, 'remediation.badInput', String(revision));
    assert.equal((await thrown(world(['failed', 'deployed']).plan())).code, 'helm.noGoodRevision');
  });

  it('is taken back by going to the revision before, if that was in order and nobody came between', async () => {
    assert.deepEqual((await world(['superseded', 'deployed']).plan()).inverse, {
      inputs: { revision: 2 },
      summary: 'back to revision 2',
      requires: [{ path: 'revision', before: 2, after: 3 }],
    });
    assert.ok('impossible' in (await world(['deployed', 'failed']).plan()).inverse);
  });

  it('foretells by the server, object by object, what changes, is made and is deleted', async () => {
    const before = ['settings', 'extra', 'kept'].map((name) => configMap(name, 'red')).join('');
    const after = ['settings', 'missing'].map((name) => configMap(name, 'green')).join('');
    const { plan, live, asked } = world(['superseded', 'deployed'], [after, before]);
    live.set('ConfigMap settings', has('blue'));
    live.set('ConfigMap extra', has('red'));
    live.set('ConfigMap kept', { metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } } });
    const { changes, effects, diffSource } = await plan();
    const colour = changes.find(({ path }) => path === 'data.colour');
    assert.deepEqual(colour, { of: 'ConfigMap settings', path: 'data.colour', before: 'blue', after: 'green' });
    assert.deepEqual(diffSource, { kind: 'server' });
    assert.equal(asked.length, 1);
    const texts = effects.map(({ text }) => text).join('\n');
    assert.match(texts, /ConfigMap extra will be deleted/);
    assert.match(texts, /ConfigMap missing will be made/);
    assert.doesNotMatch(texts, /ConfigMap kept/);
  });

  it('names the other namespaces in which either revision has objects, for the lock of production', async () => {
    const elsewhere = (namespace: string) =>
      configMap('settings', 'red').replace('name:', `namespace: ${namespace}, name:`);
    const manifests = [elsewhere('payments'), elsewhere('sock-shop') + elsewhere('edge') + configMap('here', 'red')];
    const { namespaces } = await world(['superseded', 'deployed'], manifests).plan();
    assert.deepEqual(namespaces, ['edge', 'payments']);
  });

  it('says what the server would not take, and what this user may not ask it', async () => {
    const manifests = [configMap('settings', 'green'), configMap('settings', 'red')];
    const refuse = async (code: 'kube.invalid' | 'kube.forbidden') => {
      const { plan, live, cluster } = world(['superseded', 'deployed'], manifests);
      live.set('ConfigMap settings', has('red'));
      cluster.foresee = () => Promise.reject(new JarvisError({ code, message: 'spec.x: field is immutable' }));
      return plan();
    };
    const { effects, changes } = await refuse('kube.invalid');
    assert.match(effects.map(({ text }) => text).join('\n'), /will fail at it: spec\.x: field is immutable/);
    assert.deepEqual(changes, [{ of: 'ConfigMap settings', path: 'data.colour', before: 'red', after: 'green' }]);
    assert.deepEqual((await refuse('kube.forbidden')).diffSource, {
      kind: 'computed',
      reason: 'spec.x: field is immutable',
    });
  });

  it('says what it was not let see, and never that nothing changes', async () => {
    const same = configMap('settings', 'green');
    const { plan, cluster } = world(['superseded', 'deployed'], [same, same]);
    const message = 'mina may not get configmaps';
    cluster.read = () => Promise.reject(new JarvisError({ code: 'kube.forbidden', message }));
    const { changes, effects, diffSource } = await plan();
    assert.deepEqual([changes, diffSource], [[], { kind: 'computed', reason: message }]);
    const texts = effects.map(({ text }) => text).join('\n');
    assert.match(
      texts,
      /What will become of ConfigMap settings is told by .* records alone.*: mina may not get configmaps/,
    );
    assert.doesNotMatch(texts, /as that revision wants it/);
  });

  it('writes no value of a Secret down, nor all of a long text', async () => {
    const secret = (value: string) =>
      `---\napiVersion: v1\nkind: Secret\nmetadata: { name: key }\nstringData: { key: ${value} }\n${configMap('big', value)}`;
    const [old, next] = ['old-secret-value'.repeat(200), 'new-secret-value'.repeat(200)];
    const { plan, live, cluster } = world(['superseded', 'deployed'], [secret(next), secret(old)]);
    live.set('Secret key', { kind: 'Secret', data: { key: btoa(old) } });
    live.set('ConfigMap big', has(old));
    cluster.foresee = ({ kind }, { merge }) =>
      Promise.resolve(kind === 'Secret' ? { kind, data: { key: btoa(next) } } : merge);
    const draft = await plan();
    const ofSecret = JSON.stringify(draft.changes.filter(({ of }) => of === 'Secret key'));
    for (const told of [old, next, btoa(old), btoa(next)]) assert.ok(!ofSecret.includes(told.slice(0, 12)));
    assert.ok(
      draft.changes.some(({ of }) => of === 'Secret key'),
      'that it changes is told',
    );
    assert.ok(JSON.stringify(draft).length < 10_000);
  });

  it('names those who will set things back', async () => {
    const manifests = [configMap('settings', 'green'), configMap('settings', 'red')];
    const { plan, live } = world(['superseded', 'deployed'], manifests);
    const labels = { 'helm.toolkit.fluxcd.io/name': 'web' };
    live.set('ConfigMap settings', { ...has('red'), metadata: { labels } });
    const { owners } = await plan();
    assert.deepEqual(
      owners.map(({ kind, name, reverts }) => [kind, name, reverts]),
      [['flux', 'web', true]],
    );
  });

  it('names the hooks that will run, the CRDs that stay, and a revision that was never in order', async () => {
    const hook = { name: 'migrate', kind: 'Job', weight: 0, deletePolicies: [], manifest: '' };
    const hooks = [
      { ...hook, events: ['pre-rollback'] },
      { ...hook, name: 'install-only', events: ['pre-install'] },
    ];
    const crds = [{ path: 'crds/socks.yaml', text: '' }];
    const { effects } = await world(['failed', 'deployed'], [], { hooks, crds, status: 'failed' }).plan({
      revision: 1,
    });
    const texts = effects.map(({ text }) => text).join('\n');
    assert.match(texts, /Job migrate/);
    assert.match(texts, /never changes them: crds\/socks\.yaml/);
    assert.doesNotMatch(texts, /install-only/);
    assert.match(texts, /Revision 1 itself is failed/);
  });

  it('never begins a second operation while one may be alive', async () => {
    const { plan, clock } = world(['deployed', 'pending-upgrade']);
    const blocked = (await plan()).problems ?? [];
    assert.deepEqual(
      blocked.map(({ code, severity }) => [code, severity]),
      [['helm.busy', 'blocks']],
    );
    const said = (await plan({ abandoned: true })).problems ?? [];
    assert.deepEqual(
      said.map(({ code, severity }) => [code, severity]),
      [['helm.abandoned', 'warns']],
    );
    await clock.advance(61 * minutes);
    assert.deepEqual((await plan()).problems, []);
  });

  it('takes the last write for the sign of life', () => {
    const newest = aRelease({ status: 'pending-rollback', createdAt: 0 });
    assert.equal(mayBeAlive(newest, 59 * minutes)?.since, 0);
    assert.equal(mayBeAlive(newest, 60 * minutes), undefined);
    assert.equal(mayBeAlive({ ...newest, writtenAt: 30 * minutes }, 60 * minutes)?.since, 30 * minutes);
    assert.equal(mayBeAlive({ ...newest, status: 'failed' }, 0), undefined);
  });
});
