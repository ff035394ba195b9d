import assert from 'node:assert/strict';
import { attentionKinds } from '../../../src/domain/attention/model.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import { FakeCluster, aContainer, aDeployment, aPod, anHpa, clustersOf } from '../../support/builders/kubernetes.ts';
import { ClustersView, aNamespace, prod, shop, clusterGroups } from '../../support/clusters-view.ts';

const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'You may not list secrets.' });
const groups = ['Workloads', 'HPAs', 'Helm Releases', 'Ingresses', 'Configuration', 'Storage'];

describe('the Clusters view', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());

  it('shows the contexts, the current one marked, and asks no cluster before one is opened', () => {
    view.shows([{ label: 'prod', description: 'prod.example:6443 · current', context: 'context current' }]);
    assert.equal(view.cluster.leases, 0);
  });

  it('leads from the context over nodes and namespaces to the groups', async () => {
    await view.open(...shop);
    view.shows([
      {
        label: 'prod',
        children: [
          ...clusterGroups,
          { label: 'default', description: '' },
          { label: 'sock-shop', children: groups.map((label) => ({ label })) },
        ],
      },
    ]);
  });

  it('watches the namespaces and what may need attention until a group is opened', async () => {
    await view.open(...shop);
    assert.equal(view.cluster.leases, 1 + attentionKinds.length);
  });

  it('orders namespaces as people count', async () => {
    view.cluster.stores.namespaces.has(aNamespace('team-10'), aNamespace('team-9'), aNamespace('Team-1'));
    await view.open('prod');
    view.shows([...clusterGroups, { label: 'Team-1' }, { label: 'team-9' }, { label: 'team-10' }], 'prod');
  });

  it('shows the groups of the cluster whatever becomes of its namespaces', async () => {
    const error = new JarvisError({ code: 'kube.server', message: 'prod failed: etcd is gone' });
    view.cluster.stores.namespaces.becomes({ state: 'failed', error });
    await view.open('prod');
    view.shows([...clusterGroups, { label: error.message, icon: 'error' }], 'prod');
  });

  it('shows what is forbidden as forbidden, not as none', async () => {
    view.cluster.stores.releaserecords.becomes({ state: 'failed', error: forbidden });
    await view.open(...shop, 'Helm Releases');
    view.shows([{ label: forbidden.message, icon: 'lock' }], ...shop, 'Helm Releases');
  });

  it('says "none" of each group when the server said so', async () => {
    const none = [
      'There are no workloads in sock-shop.',
      'There are no HPAs in sock-shop.',
      'There are no Helm releases in sock-shop. (Those that Helm keeps in a SQL database cannot be seen.)',
      'There are no ingresses in sock-shop.',
      'There are no ConfigMaps and no Secrets in sock-shop.',
      'There are no volume claims in sock-shop.',
    ];
    for (const [index, group] of groups.entries()) {
      await view.open(...shop, group);
      view.shows([{ label: none[index] ?? '' }], ...shop, group);
    }
  });

  it('shows 500 at most, then how many more there are and a way to find one', async () => {
    view.cluster.stores.namespaces.has(...Array.from({ length: 600 }, (_, index) => aNamespace(`team-${index}`)));
    await view.open('prod');
    const rows = view.screen.rowsUnder(view.screen.find('prod')).map(([, row]) => row);
    assert.equal(rows.length, 502);
    assert.equal(rows.at(-2)?.label, '102 more…');
    assert.equal(rows.at(-1)?.command, 'jarvis.filterClusters');
  });

  it('lets go of every watch when the context is collapsed', async () => {
    view.cluster.stores.deployments.has(aDeployment());
    await view.open(...shop, 'Workloads', 'front-end');
    assert.ok(view.cluster.leases >= 3 + attentionKinds.length);
    view.screen.collapse('prod');
    assert.equal(view.cluster.leases, 0);
  });

  it('shows why a context cannot be opened', async () => {
    const gone = new JarvisError({ code: 'kube.contextMissing', message: 'The context prod is gone.' });
    const cluster = () => {
      throw gone;
    };
    const broken = new ClustersView({ clusters: { ...clustersOf(new FakeCluster(prod)), cluster } });
    await broken.open('prod');
    broken.shows([...clusterGroups, { label: gone.message, icon: 'error' }], 'prod');
    broken.dispose();
  });

  it('is left to its welcome where there is no kubeconfig, and shows a broken one as broken', () => {
    const withError = (code: `kube.${string}`) => {
      const error = new JarvisError({ code, message: code });
      const clusters = { ...clustersOf(new FakeCluster(prod)), contexts: { state: 'failed', error } as const };
      return new ClustersView({ clusters });
    };
    const views = [withError('kube.kubeconfigMissing'), withError('kube.kubeconfigBroken')] as const;
    views[0].shows([]);
    views[1].shows([{ label: 'kube.kubeconfigBroken', icon: 'error' }]);
    for (const one of views) one.dispose();
  });

  it('keeps hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    view.cluster.stores.deployments.has(aDeployment({ name }));
    await view.open(...shop, 'Workloads');
    view.shows([{ label: name }], ...shop, 'Workloads');
  });

  it('gives the commands of a row the object, pinned', async () => {
    view.cluster.stores.pods.has(aPod());
    await view.open(...shop, 'Workloads');
    const { object } = view.screen.find(...shop, 'Workloads', 'front-end-0').subject;
    const expected = { cluster: prod, group: '', version: 'v1', resource: 'pods', kind: 'Pod' };
    assert.deepEqual(object, { ...expected, namespace: 'sock-shop', name: 'front-end-0', uid: 'uid-pod' });
  });

  describe('for a user who may only read', () => {
    const offered = async () => {
      view.cluster.stores.horizontalpodautoscalers.has(anHpa());
      view.cluster.stores.deployments.has(aDeployment());
      await view.open(...shop, 'HPAs');
      await view.open(...shop, 'Workloads');
      const contextOf = (...labels: string[]) => view.screen.row(...shop, ...labels).context;
      return [contextOf('HPAs', 'front-end'), contextOf('Workloads', 'front-end')];
    };

    it('offers no change of replicas, no restart, no forward and no shell', async () => {
      view.cluster.allowed = false;
      assert.deepEqual(await offered(), ['hpa readonly atMax', 'deployment readonly noWrite noForward noShell']);
    });

    it('offers no forward and no shell of pods and containers', async () => {
      view.cluster.allowed = false;
      view.cluster.stores.pods.has(aPod({ containers: [aContainer({ name: 'web' })] }));
      await view.open(...shop, 'Workloads', 'front-end-0');
      const words = [[], ['web']].map((more) => view.screen.row(...shop, 'Workloads', 'front-end-0', ...more).context);
      assert.deepEqual(words, ['pod noForward noShell', 'container main running noForward noShell']);
    });

    it('offers it to who may write, and where the server does not say', async () => {
      assert.deepEqual(await offered(), ['hpa scalable atMax', 'deployment scalable']);
    });

    it('asks what they may only when somebody looks', async () => {
      let asked = 0;
      view.cluster.may = () => {
        asked++;
        return Promise.resolve({ allowed: true, reason: '' });
      };
      await view.open(...shop);
      assert.equal(asked, 0);
      await view.open(...shop, 'HPAs');
      assert.equal(asked, 1);
    });
  });
});
