import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { type AttentionKind, attentionKinds } from '../../../../src/domain/attention/model.ts';
import type { KubeObject, Pod } from '../../../../src/domain/kubernetes/model.ts';
import { type FakeStore, aContainer, aPod, aRelease, anHpa } from '../../../support/builders/kubernetes.ts';
import { ClustersView, prod } from '../../../support/clusters-view.ts';

const attention = ['prod', 'Needs Attention'] as const;
const error = (code: `kube.${string}`, message = 'prod does not answer') => new JarvisError({ code, message });

describe('what needs attention, in the Clusters view', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());
  const row = () => view.screen.row(...attention);
  const fails = (kinds: readonly AttentionKind[], why: JarvisError) => {
    for (const kind of kinds) {
      const store: Pick<FakeStore<KubeObject>, 'becomes'> = view.cluster.stores[kind];
      store.becomes({ state: 'failed', error: why });
    }
  };

  /** A pod of carts that has crashed five times, the last time two minutes ago. */
  const broken = (number: number): Pod =>
    aPod({
      uid: `cart-${number}`,
      name: `carts-6d5f-${number}`,
      owners: [{ kind: 'ReplicaSet', name: 'carts-6d5f', uid: 'rs', controller: true }],
      labels: { 'pod-template-hash': '6d5f' },
      containers: [
        aContainer({
          ready: false,
          restarts: 5,
          state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: '' },
          lastExit: { code: 1, signal: 0, reason: 'Error', at: view.clock.now() - 120_000 },
        }),
      ],
    });

  it('is nothing where all was looked at and all is well', async () => {
    await view.open(...attention);
    assert.deepEqual([row().description, row().icon?.id], ['nothing', 'pass']);
    view.shows([{ label: 'Nothing needs attention.' }], ...attention);
    assert.equal(view.screen.row('prod').description, 'prod.example:6443 · current');
  });

  it('is told in a sentence each, with how often, when and where, and counted', async () => {
    view.cluster.stores.pods.has(broken(1));
    view.cluster.stores.horizontalpodautoscalers.has(anHpa());
    await view.open(...attention);
    view.shows(
      [
        {
          label: 'carts restarts again and again: exit code 1',
          description: '5 times · last 2 m ago · sock-shop/carts-6d5f-1',
          icon: 'error',
          context: 'pod finding',
        },
        {
          label: 'front-end runs its maximum of 4 replicas and is still above target: cpu at 200 %, target 50 %',
          description: 'sock-shop/front-end',
          icon: 'error',
          context: 'hpa scalable finding',
        },
      ],
      ...attention,
    );
    assert.deepEqual([row().description, row().icon?.id], ['2', 'error']);
  });

  it('is counted without drawing the whole cluster anew', async () => {
    await view.open(...attention);
    view.screen.forget();
    view.cluster.stores.pods.has(broken(1));
    await view.flushed();
    assert.ok(view.screen.drawn.includes('Needs Attention'));
    assert.ok(!view.screen.drawn.includes('prod'));
    assert.ok(!view.screen.drawn.includes('sock-shop'));
  });

  it('carries what commands on the object need', async () => {
    view.cluster.stores.horizontalpodautoscalers.has(anHpa());
    await view.open(...attention);
    const [[element, shown] = []] = view.screen.rowsUnder(view.screen.find(...attention));
    assert.equal(shown?.command, 'jarvis.describe');
    const { pointer, chart, object, copyText } = element?.subject ?? {};
    const place = { cluster: prod, namespace: 'sock-shop', name: 'front-end' };
    assert.deepEqual(pointer, { ...place, kind: 'HorizontalPodAutoscaler' });
    assert.deepEqual(chart, { ...place, kind: 'hpa', uid: 'uid-front-end' });
    assert.deepEqual(
      [object?.resource, object?.group, object?.uid, copyText],
      ['horizontalpodautoscalers', 'autoscaling', 'uid-front-end', 'front-end'],
    );
  });

  it('offers no write to who may not write', async () => {
    view.cluster.allowed = false;
    view.cluster.stores.horizontalpodautoscalers.has(anHpa());
    await view.open(...attention);
    await view.flushed();
    view.shows([{ label: /maximum/, context: 'hpa readonly finding' }], ...attention);
  });

  it('offers it to them where others write for them', async () => {
    view.cluster.allowed = false;
    view.route = 'github';
    view.cluster.stores.horizontalpodautoscalers.has(anHpa());
    await view.open(...attention);
    await view.flushed();
    view.shows([{ label: /maximum/, context: 'hpa scalable finding' }], ...attention);
  });

  it('gathers the pods of a workload, and shows them below', async () => {
    view.cluster.stores.pods.has(broken(1), broken(2), broken(3));
    const label = '3 pods of carts restart again and again: exit code 1';
    await view.open(...attention, label);
    view.shows(
      [
        {
          label,
          description: '15 times · last 2 m ago · sock-shop/carts-6d5f-1',
          children: [1, 2, 3].map((number) => ({
            label: `carts-6d5f-${number} restarts again and again: exit code 1`,
          })),
        },
      ],
      ...attention,
    );
  });

  it('changes as the cluster does', async () => {
    view.cluster.stores.pods.has(broken(1));
    await view.open(...attention);
    view.cluster.stores.pods.has();
    await view.clock.advance(1000);
    view.shows([{ label: 'Nothing needs attention.' }], ...attention);
    assert.equal(view.screen.row('prod').description, 'prod.example:6443 · current');
  });

  it('comes of age while somebody looks', async () => {
    const createdAt = view.clock.now() - 5 * 60_000 + 10_000;
    const stuck = aRelease({ status: 'pending-upgrade', createdAt });
    view.cluster.stores.releaserecords.has(stuck);
    view.cluster.stores.troubledreleases.has(stuck);
    await view.open(...attention);
    view.shows([{ label: 'Nothing needs attention.' }], ...attention);
    await view.clock.advance(30_000);
    view.shows(
      [{ label: 'Helm release sock-shop is stuck in its upgrade to revision 1', description: 'for 5 m · sock-shop' }],
      ...attention,
    );
  });

  it('names what was not looked at, and is not well without it', async () => {
    fails(['secrets', 'troubledreleases', 'releaserecords'], error('kube.forbidden', 'secrets is forbidden'));
    fails(['warnings'], error('kube.server'));
    await view.open(...attention);
    assert.deepEqual([row().description, row().icon?.id], ['not all could be looked at', 'question']);
    view.shows(
      [
        {
          label: 'Secrets of Helm: forbidden, so these are not looked for: releases that failed or are stuck',
          icon: 'lock',
        },
        {
          label: 'Secrets: forbidden, so these are not looked for: pods older than a Secret that they read',
          icon: 'lock',
        },
        {
          label: 'Events: could not be read, so these are not looked for: failing probes, reasons of failures',
          icon: 'error',
          description: 'Try Again',
        },
      ],
      ...attention,
    );
    view.cluster.stores.pods.has(broken(1));
    await view.clock.advance(1000);
    assert.equal(row().description, '1 and perhaps more');
  });

  it('says that it is still looking, and shows what it has found', async () => {
    view.cluster.stores.secrets.becomes({ state: 'loading' });
    view.cluster.stores.pods.has(broken(1));
    await view.open(...attention);
    assert.equal(row().description, '1 so far…');
    view.shows([{ label: /^carts restarts/ }, { label: 'Loading…' }], ...attention);
  });

  it('says since when it is old', async () => {
    view.cluster.stores.pods.has(broken(1));
    await view.open(...attention);
    const { objects } = view.cluster.stores.pods;
    assert.ok(objects.state === 'ready');
    const since = view.clock.now();
    view.cluster.stores.pods.becomes({ state: 'stale', value: objects.value, since, error: error('kube.unreachable') });
    await view.clock.advance(1000);
    view.shows(
      [{ label: /^Not up to date since/, description: 'prod does not answer' }, { label: /^carts/ }],
      ...attention,
    );
    assert.equal(row().description, '1 and perhaps more');
  });

  it('says once why nothing can be read', async () => {
    fails(attentionKinds, error('kube.unreachable'));
    await view.open(...attention);
    view.shows([{ label: 'prod does not answer', icon: 'error' }], ...attention);
  });

  it('is looked for where the user may look, where not all may be listed', async () => {
    fails(['pods'], error('kube.forbidden'));
    view.cluster.found = [
      { name: 'orders', isNamed: false, access: { allowed: true, reason: '' } },
      { name: 'locked', isNamed: false, access: { allowed: false, reason: '' } },
    ];
    await view.open(...attention);
    assert.equal(view.cluster.asked.filter((one) => one === 'pods in orders').length, 1);
    assert.match(row().description ?? '', /only in orders$/);
    view.shows([{ label: /^Pods in orders: forbidden/ }], ...attention);
    view.cluster.stores.pods.has(broken(1));
    await view.clock.advance(1000);
    assert.equal(row().description, '1', 'everywhere as soon as that is allowed');
  });

  it('says why it is not known where the user may look, and asks again with each try', async () => {
    fails(['pods'], error('kube.forbidden', 'pods is forbidden'));
    view.cluster.findNamespaces = () => Promise.reject(error('kube.unreachable', 'nobody answers'));
    await view.open(...attention);
    view.shows([{ label: /^Pods: forbidden/ }, { label: 'nobody answers', icon: 'error' }], ...attention);
    view.cluster.findNamespaces = () =>
      Promise.resolve([{ name: 'orders', isNamed: false, access: { allowed: true, reason: '' } }]);
    fails(['pods'], error('kube.forbidden', 'pods is forbidden'));
    await view.flushed();
    assert.match(row().description ?? '', /only in orders$/);
    view.shows([{ label: /^Pods in orders: forbidden/ }], ...attention);
  });

  it('is looked for no longer than the cluster is open', async () => {
    await view.open(...attention);
    view.screen.collapse('prod');
    assert.equal(view.cluster.leases, 0);
    assert.equal(view.screen.row('prod').description, 'prod.example:6443 · current');
  });
});
