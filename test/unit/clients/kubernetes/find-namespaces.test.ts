import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { kubeconfigFor } from '../../../support/kubernetes/client.ts';
import { type Harness, harness } from '../../../support/kubernetes/harness.ts';

const { signal } = new AbortController();
const mayList = { verbs: ['get', 'list', 'watch'], apiGroups: [''], resources: ['pods'] };

describe('namespaces that may not be listed', function () {
  this.timeout(20_000);
  let at: Harness;

  beforeEach(async () => {
    at = await harness();
  });
  afterEach(() => at.dispose());

  const allowIn = (...names: readonly string[]) => {
    at.server.rules = (namespace) => ({
      resourceRules: names.includes(namespace) ? [mayList] : [],
      incomplete: false,
    });
  };
  const found = async (...named: readonly string[]) =>
    (await at.cluster.findNamespaces(named, signal)).map(
      ({ name, isNamed, access }) => `${name}${isNamed ? ' named' : ''}${access.allowed ? ' allowed' : ''}`,
    );

  it('are those that are named and those of all contexts of the server, the context’s own first', async () => {
    const config = kubeconfigFor(at.server.url) as { contexts: object[]; clusters: object[] };
    const context = (name: string, cluster: string, namespace?: string) => ({ name, context: { cluster, namespace } });
    config.contexts = [
      context('orders', 'lab-cluster', 'orders'),
      context('lab', 'lab-cluster', 'shop'),
      context('elsewhere', 'other', 'not-here'),
    ];
    config.clusters.push({ name: 'other', cluster: { server: 'https://other:6443' } });
    await writeFile(at.path, JSON.stringify(config));
    await at.client.refresh();
    allowIn('shop', 'payments');
    assert.deepEqual(await found('payments', 'typo'), [
      'payments named allowed',
      'typo named',
      'shop allowed',
      'orders',
    ]);
  });

  it('are "default" where the kubeconfig names none', async () => {
    assert.deepEqual(await found(), ['default']);
  });

  for (const [what, rule, allowed] of [
    ['all rights', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, true],
    ['another verb', { ...mayList, verbs: ['get'] }, false],
    ['another group', { ...mayList, apiGroups: ['apps'] }, false],
    ['single pods only', { ...mayList, resourceNames: ['one'] }, false],
  ] as const)
    it(`are judged by the rules of the user: ${what}`, async () => {
      at.server.rules = () => ({ resourceRules: [rule], incomplete: false });
      assert.deepEqual(
        await found('shop'),
        allowed ? ['shop named allowed', 'default allowed'] : ['shop named', 'default'],
      );
    });

  it('are asked for by name where the server cannot tell all the rules', async () => {
    at.server.rules = () => ({ resourceRules: [], incomplete: true });
    at.server.review = { allowed: true };
    assert.deepEqual(await found('shop'), ['shop named allowed', 'default allowed']);
  });
});
