import assert from 'node:assert/strict';
import { compareReleases, compareWithLive } from '../../../../src/domain/helm/compare.ts';
import { aWholeRelease } from '../../../support/builders/helm.ts';

const configMap = (name: string, value: string) =>
  `---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata: { ${value} }\n`;
const secret = (password: string) =>
  `---\napiVersion: v1\nkind: Secret\nmetadata: { name: login }\nstringData: { password: ${password}, user: shop }\n`;
const hook = (manifest: string) => ({
  name: 'migrate',
  kind: 'Job',
  events: ['pre-upgrade', 'pre-rollback'],
  weight: 0,
  deletePolicies: [],
  manifest,
});

describe('two revisions of a release', () => {
  it('differ in nothing when only the order of things has changed', async () => {
    const before = aWholeRelease({
      values: { a: 1, b: { c: 2, d: 3 } },
      manifest: configMap('a', 'x: "1", y: "2"') + configMap('b', 'z: "3"'),
    });
    const after = aWholeRelease({
      revision: 4,
      values: { b: { d: 3, c: 2 }, a: 1 },
      manifest: configMap('b', 'z: "3"') + configMap('a', 'y: "2", x: "1"'),
    });
    assert.deepEqual(await compareReleases(before, after), []);
  });

  it('differ in the chart, the values, the notes, objects, hooks and CRDs, each by its name', async () => {
    const before = aWholeRelease({
      manifest: configMap('gone', 'x: "1"') + configMap('kept', 'x: "1"'),
      hooks: [hook('apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\nspec: { a: 1 }\n')],
      crds: [{ path: 'crds/socks.yaml', text: 'a: 1\n' }],
    });
    const after = aWholeRelease({
      chart: { name: 'sock-shop', version: '1.5.0', appVersion: '0.3.13' },
      values: {},
      notes: 'Go.\n',
      manifest: configMap('kept', 'x: "2"') + configMap('new', 'x: "1"'),
      hooks: [hook('apiVersion: batch/v1\nkind: Job\nmetadata: { name: migrate }\nspec: { a: 2 }\n')],
      crds: [{ path: 'crds/socks.yaml', text: 'a: 2\n' }],
    });
    const differences = await compareReleases(before, after);
    assert.deepEqual(
      differences.map(({ name, before, after }) => [name, before !== undefined, after !== undefined]),
      [
        ['Chart.yaml', true, true],
        ['Values.yaml', true, true],
        ['NOTES.txt', true, true],
        ['ConfigMap gone.yaml', true, false],
        ['ConfigMap kept.yaml', true, true],
        ['Hook (pre-upgrade, pre-rollback) Job migrate.yaml', true, true],
        ['crds/socks.yaml', true, true],
        ['ConfigMap new.yaml', false, true],
      ],
    );
  });

  it('show no value of a Secret, and yet that it has changed', async () => {
    const [difference, ...more] = await compareReleases(
      aWholeRelease({ manifest: secret('hunter2') }),
      aWholeRelease({ manifest: secret('hunter3') }),
    );
    assert.deepEqual(difference?.after, {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'login' },
      data: { password: 'masked, 7 bytes, another value', user: 'masked, 4 bytes' },
    });
    assert.doesNotMatch(JSON.stringify(difference), new RegExp(`hunter|${Buffer.from('hunter').toString('base64')}`));
    assert.equal(more.length, 0);
  });
});

describe('a revision and what is live', () => {
  const release = aWholeRelease({ manifest: configMap('a', 'x: "1"') + configMap('b', 'x: "1"') + secret('hunter2') });
  const live = (name: string, data: object) => ({
    apiVersion: 'v1',
    kind: name === 'login' ? 'Secret' : 'ConfigMap',
    metadata: { name, uid: 'u', resourceVersion: '7' },
    data: { ...data },
  });

  it('differ in what somebody has changed of what it sets', async () => {
    const password = Buffer.from('hunter2').toString('base64');
    const [difference, ...more] = await compareWithLive(release, ({ name }) =>
      Promise.resolve(
        live(name, { a: { x: '2', y: '3' }, b: { x: '1' } }[name] ?? { password, user: 'c2hvcA==', token: 'eA==' }),
      ),
    );
    assert.deepEqual([difference?.name, more.length], ['ConfigMap a.yaml', 0]);
    assert.deepEqual(difference?.after, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { x: '2' },
    });
  });

  it('differ where an object is gone, or may not be read: that is said, and nothing of it shown', async () => {
    const differences = await compareWithLive(release, ({ name }) =>
      Promise.resolve(name === 'b' ? live('b', { x: '1' }) : name === 'login' ? 'forbidden' : undefined),
    );
    assert.deepEqual(
      differences.map(({ name, after }) => [name, after]),
      [
        ['ConfigMap a.yaml', undefined],
        ['Secret login.yaml', 'forbidden'],
      ],
    );
    assert.doesNotMatch(JSON.stringify(differences), /hunter/);
  });
});
