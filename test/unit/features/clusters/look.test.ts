import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { readLook, plainLook } from '../../../../src/features/clusters/look/look.ts';
import { LookState } from '../../../../src/features/clusters/look/look-state.ts';
import { filterInWords, lookInWords } from '../../../../src/features/clusters/look/in-words.ts';
import { aDeployment, aPod, aRelease, anHpa, anIngress } from '../../../support/builders/kubernetes.ts';
import {
  ClustersView,
  FakeMemory,
  aNamespace,
  ofSockShop,
  shop,
  clusterGroups,
} from '../../../support/clusters-view.ts';

const workloads = [...shop, 'Workloads'] as const;
const nothing = { label: 'Nothing matches the filter', description: 'Clear Filter', icon: 'filter' };

describe('the look of the Clusters view', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());
  const namespaces = () =>
    view.screen
      .rowsUnder(view.screen.find('prod'))
      .map(([, { label }]) => label)
      .filter((label) => !clusterGroups.some((group) => group.label === label));

  describe('a filter by name', () => {
    it('shows the namespaces that hold something of it, and of that what it asks for', async () => {
      view.cluster.stores.deployments.has(aDeployment(), aDeployment({ uid: 'c', name: 'carts' }));
      await view.look({ text: 'FRONT end' });
      await view.open(...workloads);
      assert.deepEqual(namespaces(), ['sock-shop']);
      view.shows([{ label: 'front-end' }], ...workloads);
    });

    it('takes the name of the namespace for its contents', async () => {
      view.cluster.stores.deployments.has(aDeployment());
      await view.look({ text: 'sock end' });
      await view.open(...workloads);
      view.shows([{ label: 'front-end' }], ...workloads);
    });

    it('shows a workload for one of its pods, and all pods of a workload that is asked for', async () => {
      const owners = [{ kind: 'ReplicaSet', name: 'front-end-abc', uid: 'set', controller: true }];
      const pod = (name: string) =>
        aPod({ uid: name, name, owners, labels: { name: 'front-end', 'pod-template-hash': 'abc' } });
      view.cluster.stores.deployments.has(aDeployment(), aDeployment({ uid: 'c', name: 'carts' }));
      view.cluster.stores.pods.has(pod('front-end-abc-1'), pod('x2'));
      await view.look({ text: 'abc-1' });
      await view.open(...workloads, 'front-end');
      view.shows([{ label: 'front-end', children: [{ label: 'front-end-abc-1' }] }], ...workloads);
      await view.look({ text: 'front-end' });
      view.shows([{ label: 'front-end', children: [{ label: 'front-end-abc-1' }, { label: 'x2' }] }], ...workloads);
    });

    it('finds a Helm release by its name, without its payload', async () => {
      view.cluster.stores.releaserecords.has(
        aRelease({ release: 'cache', name: 'sh.helm.release.v1.cache.v1' }),
        aRelease({ uid: 'other', release: 'queue', namespace: 'default' }),
      );
      view.cluster.releases.head = () => assert.fail('a payload was read');
      await view.look({ text: 'cache' });
      await view.open('prod');
      assert.deepEqual(namespaces(), ['sock-shop']);
    });

    it('finds one that Helm keeps in ConfigMaps, which is named as not supported, and hides the others', async () => {
      view.cluster.stores.configmapreleases.has(
        aRelease({ release: 'cache' }),
        aRelease({ uid: 'other', release: 'queue' }),
      );
      await view.look({ text: 'cache' });
      await view.open('prod', 'sock-shop', 'Helm Releases');
      assert.deepEqual(namespaces(), ['sock-shop']);
      const row = { label: 'cache', description: 'revision 1 · deployed · kept in ConfigMaps: not supported' };
      view.shows([row], 'prod', 'sock-shop', 'Helm Releases');
    });

    it('says that it is still searching, and what it could not look through', async () => {
      const error = new JarvisError({ code: 'kube.forbidden', message: 'You may not list secrets.' });
      view.cluster.stores.secrets.becomes({ state: 'failed', error });
      view.cluster.stores.pods.becomes({ state: 'loading' });
      view.cluster.stores.deployments.has(aDeployment());
      await view.look({ text: 'front' });
      await view.open('prod');
      assert.deepEqual(namespaces(), ['sock-shop', 'Loading…', error.message]);
      assert.ok(view.asksAgain('prod', error.message));
    });

    it('leaves open what was open, once it is cleared', async () => {
      view.cluster.stores.deployments.has(aDeployment());
      await view.open(...workloads);
      await view.look({ text: 'no such thing' });
      assert.deepEqual(namespaces(), [nothing.label]);
      await view.look({ text: '' });
      assert.ok(view.screen.find(...workloads, 'front-end'));
      view.screen.collapse('prod', 'sock-shop');
      await view.look({ text: 'no such thing' });
      await view.look({ text: '' });
      assert.equal(view.screen.rowsUnder(view.screen.find(...shop)).length, 0);
    });

    it('lets go of what it searched when it is cleared', async () => {
      await view.open('prod');
      const before = view.cluster.leases;
      await view.look({ text: 'front' });
      assert.ok(view.cluster.leases > before);
      await view.look({ text: '' });
      assert.equal(view.cluster.leases, before);
    });
  });

  it('a filter by labels takes what kubectl takes', async () => {
    view.cluster.stores.deployments.has(
      aDeployment({ labels: { tier: 'web' } }),
      aDeployment({ uid: 'c', name: 'carts', labels: { tier: 'db' } }),
    );
    await view.look({ labels: 'tier in (web, edge),!legacy' });
    await view.open(...workloads);
    view.shows([{ label: 'front-end' }], ...workloads);
  });

  describe('only problems', () => {
    beforeEach(async () => {
      view.cluster.stores.deployments.has(aDeployment({ ready: 2 }), aDeployment({ uid: 'c', name: 'carts' }));
      view.cluster.stores.horizontalpodautoscalers.has(anHpa({ maxReplicas: 40 }));
      view.cluster.stores.ingresses.has(anIngress());
      await view.look({ onlyProblems: true });
    });

    it('shows what is not well, and where it is', async () => {
      await view.open(...workloads);
      assert.deepEqual(namespaces(), ['sock-shop']);
      view.shows([{ label: 'front-end', icon: 'warning' }], ...workloads);
    });

    it('says of the others that the filter hides them, once, with a way to clear it', async () => {
      for (const group of ['HPAs', 'Ingresses']) {
        await view.open(...shop, group);
        view.shows([nothing], ...shop, group);
      }
      assert.equal(view.screen.row(...shop, 'HPAs', nothing.label).command, 'jarvis.clearClusterFilter');
      view.cluster.stores.deployments.has(aDeployment());
      view.cluster.stores.pods.has(aPod());
      await view.flushed();
      assert.deepEqual(namespaces(), [nothing.label]);
    });

    it('counts a release by its newest revision, in each namespace', async () => {
      const failed = aRelease({ uid: 'failed', release: 'cache', revision: 2, status: 'failed', namespace: 'default' });
      const deployed = { ...failed, uid: 'deployed', revision: 3, status: 'deployed' };
      view.cluster.stores.deployments.has();
      view.cluster.stores.releaserecords.has(failed, { ...deployed, namespace: 'sock-shop' });
      await view.open('prod');
      assert.deepEqual(namespaces(), ['default']);
      view.cluster.stores.releaserecords.has(failed, deployed);
      await view.flushed();
      assert.deepEqual(namespaces(), [nothing.label]);
    });

    it('says "none" where there is nothing, whatever the filter', async () => {
      await view.open(...shop, 'Storage');
      view.shows([{ label: 'There are no volume claims in sock-shop.' }], ...shop, 'Storage');
    });
  });

  it('pinned namespaces come first, marked, in this context alone', async () => {
    await view.open('prod');
    const { pin } = view.screen.find(...shop).subject;
    await view.look({ pinned: [pin ?? '', 'other-context/default'] });
    view.shows(
      [
        ...clusterGroups,
        { label: 'sock-shop', icon: 'pinned', context: 'namespace pinned' },
        { label: 'default', context: 'namespace' },
      ],
      'prod',
    );
  });

  it('system namespaces stand aside, counted, but for those that are pinned', async () => {
    const names = ['kube-system', 'kube-public', 'argocd', 'shop'];
    view.cluster.stores.namespaces.has(...names.map((name) => aNamespace(name)));
    await view.look({ hidesSystem: true, pinned: ['prod/argocd'] });
    await view.open('prod');
    assert.deepEqual(namespaces(), ['argocd', 'shop', '2 hidden namespaces']);
    assert.equal(view.screen.row('prod', '2 hidden namespaces').command, 'jarvis.showSystemNamespaces');
    await view.look({ hidesSystem: false });
    assert.equal(namespaces().length, 4);
  });

  describe('by Helm release', () => {
    it('shows the releases of a namespace with what belongs to each, and what belongs to none', async () => {
      const labels = { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'cache' };
      view.cluster.stores.releaserecords.has(
        aRelease({ chart: { name: 'sock-shop', version: '1.2.0', appVersion: '0.3' } }),
      );
      view.cluster.stores.deployments.has(
        aDeployment(ofSockShop),
        aDeployment({ uid: 'r', name: 'redis', labels }),
        aDeployment({ uid: 'h', name: 'by-hand' }),
      );
      await view.look({ groupBy: 'release' });
      await view.open(...shop, 'sock-shop', 'Workloads');
      await view.open(...shop, 'No release', 'Workloads');
      const names = ['Workloads', 'HPAs', 'Revisions', 'Ingresses', 'Configuration', 'Storage'];
      view.shows(
        [
          { label: 'cache' },
          {
            label: 'sock-shop',
            description: /^sock-shop 1\.2\.0 · /,
            children: names.map((label) =>
              label === 'Workloads' ? { label, children: [{ label: 'front-end' }] } : { label },
            ),
          },
          { label: 'No release' },
        ],
        ...shop,
      );
      view.shows([{ label: 'by-hand' }], ...shop, 'No release', 'Workloads');
    });

    it('knows releases by the marks of their objects where Secrets may not be read, and says that', async () => {
      const error = new JarvisError({ code: 'kube.forbidden', message: 'You may not list secrets.' });
      view.cluster.stores.releaserecords.becomes({ state: 'failed', error });
      view.cluster.stores.deployments.has(aDeployment(ofSockShop));
      await view.look({ groupBy: 'release' });
      await view.open(...shop);
      view.shows([{ label: 'sock-shop' }, { label: 'No release' }, { label: error.message, icon: 'lock' }], ...shop);
      assert.ok(view.asksAgain(...shop, error.message));
    });

    it('changes what is open, and back', async () => {
      await view.open(...shop);
      await view.look({ groupBy: 'release' });
      view.shows([{ label: 'No release' }], ...shop);
      await view.look({ groupBy: 'namespace' });
      assert.equal(view.screen.rowsUnder(view.screen.find(...shop)).length, 6);
    });
  });

  it('is kept for the workspace', async () => {
    const memory = new FakeMemory();
    const chosen = {
      groupBy: 'release',
      pinned: ['prod/shop'],
      named: ['prod/orders'],
      hidesSystem: true,
      text: 'a',
      labels: 'b',
      onlyProblems: true,
    } as const;
    await new LookState(memory).change(chosen);
    assert.deepEqual(new LookState(memory).look, chosen);
  });

  it('is plain where what was kept makes no sense', () => {
    for (const kept of [
      undefined,
      null,
      'x',
      [],
      { groupBy: 'x', pinned: 'y', text: 1, labels: {}, hidesSystem: 'no' },
    ])
      assert.deepEqual(readLook(kept), plainLook);
    assert.deepEqual(readLook({ pinned: ['a/b', 3] }).pinned, ['a/b']);
  });

  it('is said in words', () => {
    assert.equal(filterInWords(plainLook), '');
    const look = { ...plainLook, text: ' front ', labels: 'a=b', onlyProblems: true, hidesSystem: true };
    assert.equal(filterInWords(look), 'Filter: "front", labels a=b, only problems');
    assert.equal(lookInWords({ ...look, groupBy: 'release' }), 'by Helm release, system namespaces hidden');
  });
});
