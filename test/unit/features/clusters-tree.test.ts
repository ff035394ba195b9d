import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import type { Namespace, ReleaseRevision } from '../../../src/domain/kubernetes/model.ts';
import { contextsBranch } from '../../../src/features/clusters/contexts.ts';
import { FakeCluster, aContainer, aDeployment, aPod, anHpa, clustersOf } from '../../support/builders/kubernetes.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

const prod = { context: 'prod', server: 'https://prod.example:6443', cluster: 'prod-seoul' };
const shop = ['prod', 'sock-shop'] as const;
const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'You may not list secrets.' });

function aNamespace(name: string): Namespace {
  const { uid, ...rest } = anHpa();
  return { ...rest, uid: `${uid}-${name}`, name, namespace: '', phase: 'Active' };
}

function aRevision(revision: number, over: Partial<ReleaseRevision> = {}): ReleaseRevision {
  const { labels, owners, namespace, resourceVersion, createdAt } = anHpa();
  const chart = { name: 'sock-shop', version: '1.2.0', appVersion: '0.3.1' };
  return {
    ...{ labels, owners, namespace, resourceVersion, createdAt, chart },
    uid: `revision-${revision}`,
    name: `sh.helm.release.v1.sock-shop.v${revision}`,
    release: 'sock-shop',
    revision,
    status: 'superseded',
    ...over,
  };
}

describe('the Clusters view', () => {
  let clock: FakeClock;
  let cluster: FakeCluster;
  let screen: Screen;
  const flushed = () => clock.advance(200);

  beforeEach(async () => {
    clock = new FakeClock('2026-11-21T09:00:00Z');
    cluster = new FakeCluster(prod);
    screen = new Screen(contextsBranch({ clusters: clustersOf(cluster), clock }), clock);
    cluster.stores.namespaces.has(aNamespace('sock-shop'), aNamespace('default'));
    await flushed();
  });
  afterEach(() => screen.dispose());

  const open = async (...labels: readonly string[]) => {
    labels.forEach((_, index) => screen.expand(...labels.slice(0, index + 1)));
    await flushed();
  };

  it('shows the contexts, the current one marked, and asks no cluster before one is opened', () => {
    assertTree(screen, [{ label: 'prod', description: 'prod.example:6443 · current', context: 'context current' }]);
    assert.equal(cluster.leases, 0);
  });

  it('leads from the context over namespaces to the groups', async () => {
    await open(...shop);
    assertTree(screen, [
      {
        label: 'prod',
        children: [
          { label: 'default', description: '24 h' },
          {
            label: 'sock-shop',
            children: [{ label: 'Deployments' }, { label: 'HPAs' }, { label: 'Helm Releases' }],
          },
        ],
      },
    ]);
  });

  it('shows deployments with what is ready, by name', async () => {
    cluster.stores.deployments.has(aDeployment({ ready: 2 }), aDeployment({ uid: 'c', name: 'carts' }));
    await open(...shop, 'Deployments');
    assertTree(
      screen,
      [
        { label: 'carts', description: '4/4 ready · 24 h', icon: 'pass' },
        { label: 'front-end', description: '2/4 ready · 24 h', icon: 'warning' },
      ],
      ...shop,
      'Deployments',
    );
  });

  it('shows the pods of a deployment and no others: ready, restarts, use of what they asked for, age', async () => {
    const container = aContainer({ requests: { cpu: 200, memory: 128 * 2 ** 20 }, restarts: 3 });
    cluster.stores.deployments.has(aDeployment());
    cluster.stores.pods.has(
      aPod({ containers: [{ ...container, lastRestartAt: clock.now() - 120_000 }] }),
      aPod({ uid: 'other', name: 'carts-0', labels: { name: 'carts' } }),
    );
    await open(...shop, 'Deployments', 'front-end');
    const pods = [...shop, 'Deployments', 'front-end'];
    assertTree(screen, [{ label: 'front-end-0', description: '1/1 ready · 3 restarts (2 m ago) · 24 h' }], ...pods);

    const usage = { namespace: 'sock-shop', name: 'front-end-0', at: 0, windowSeconds: 30 };
    cluster.usages.has({ ...usage, cpu: 184, memory: 64 * 2 ** 20 });
    await flushed();
    const full = '1/1 ready · 3 restarts (2 m ago) · CPU 92 % · memory 50 % · 24 h';
    assertTree(screen, [{ label: 'front-end-0', description: full, icon: 'pass' }], ...pods);
  });

  it('says what is wrong with a pod in the row', async () => {
    cluster.stores.deployments.has(aDeployment());
    cluster.stores.pods.has(
      aPod({ phase: 'Running', reason: 'CrashLoopBackOff' }),
      aPod({ uid: 'b', name: 'front-end-1', phase: 'Pending' }),
    );
    await open(...shop, 'Deployments', 'front-end');
    assertTree(
      screen,
      [
        { label: 'front-end-0', description: /^CrashLoopBackOff · /, icon: 'error' },
        { label: 'front-end-1', description: /^Pending · /, icon: 'clock' },
      ],
      ...shop,
      'Deployments',
      'front-end',
    );
  });

  it('marks an HPA at its maximum and can scale it', async () => {
    cluster.stores.horizontalpodautoscalers.has(anHpa());
    await open(...shop, 'HPAs');
    assertTree(
      screen,
      [
        {
          label: 'front-end',
          description: 'at max · cpu 200 % / 50 % · 4 replicas (2 to 4)',
          icon: 'warning',
          context: 'hpa scalable atMax',
        },
      ],
      ...shop,
      'HPAs',
    );
    const { pointer } = screen.find(...shop, 'HPAs', 'front-end').subject;
    const expected = { cluster: prod, kind: 'HorizontalPodAutoscaler', namespace: 'sock-shop', name: 'front-end' };
    assert.deepEqual(pointer, expected);
  });

  it('shows an HPA grow without being asked, redrawing that row alone', async () => {
    const other = anHpa({ uid: 'x', name: 'other', maxReplicas: 10 });
    cluster.stores.horizontalpodautoscalers.has(anHpa(), other);
    await open(...shop, 'HPAs');
    screen.forget();
    cluster.stores.horizontalpodautoscalers.has(anHpa({ maxReplicas: 10, currentReplicas: 8 }), other);
    await flushed();
    assert.deepEqual(screen.drawn, ['front-end']);
    assert.match(screen.row(...shop, 'HPAs', 'front-end').description ?? '', /8 replicas \(2 to 10\)$/);
  });

  it('shows a release as its newest revision says', async () => {
    const pending = aRevision(10, { status: 'pending-upgrade', updatedAt: clock.now() - 3_600_000 });
    cluster.stores.releases.has(aRevision(9, { status: 'deployed' }), pending);
    await open(...shop, 'Helm Releases');
    assertTree(
      screen,
      [
        {
          label: 'sock-shop',
          description: 'sock-shop 1.2.0 · app 0.3.1 · revision 10 · stuck or busy upgrading · 60 m',
          icon: 'warning',
        },
      ],
      ...shop,
      'Helm Releases',
    );
  });

  it('shows what is forbidden as forbidden, not as none', async () => {
    cluster.stores.releases.becomes({ state: 'failed', error: forbidden });
    await open(...shop, 'Helm Releases');
    assertTree(screen, [{ label: forbidden.message, icon: 'lock' }], ...shop, 'Helm Releases');
  });

  it('says "none" when the server said so', async () => {
    cluster.stores.releases.has();
    await open(...shop, 'Helm Releases');
    assertTree(screen, [{ label: 'There are no Helm releases in sock-shop.' }], ...shop, 'Helm Releases');
  });

  it('lets go of every watch when the context is collapsed', async () => {
    cluster.stores.deployments.has(aDeployment());
    await open(...shop, 'Deployments', 'front-end');
    assert.ok(cluster.leases >= 3);
    screen.collapse('prod');
    assert.equal(cluster.leases, 0);
  });

  it('shows why a context cannot be opened', async () => {
    const gone = new JarvisError({ code: 'kube.contextMissing', message: 'The context prod is gone.' });
    const clusters = {
      ...clustersOf(cluster),
      cluster: () => {
        throw gone;
      },
    };
    const broken = new Screen(contextsBranch({ clusters, clock }), clock);
    broken.expand('prod');
    await flushed();
    assertTree(broken, [{ label: 'prod', children: [{ label: gone.message, icon: 'error' }] }]);
    broken.dispose();
  });

  it('is left to its welcome where there is no kubeconfig, and shows a broken one as broken', () => {
    const withError = (code: `kube.${string}`) => {
      const error = new JarvisError({ code, message: code });
      return new Screen(
        contextsBranch({ clusters: { ...clustersOf(cluster), contexts: { state: 'failed', error } }, clock }),
        clock,
      );
    };
    const screens = [withError('kube.kubeconfigMissing'), withError('kube.kubeconfigBroken')] as const;
    assertTree(screens[0], []);
    assertTree(screens[1], [{ label: 'kube.kubeconfigBroken', icon: 'error' }]);
    for (const one of screens) one.dispose();
  });

  it('keeps hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>';
    cluster.stores.deployments.has(aDeployment({ name }));
    await open(...shop, 'Deployments');
    assertTree(screen, [{ label: name }], ...shop, 'Deployments');
  });
});
