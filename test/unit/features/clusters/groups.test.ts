import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import {
  aConfiguration,
  aNode,
  aPersistentVolumeClaim,
  aPod,
  aWarning,
  anHpa,
} from '../../../support/builders/kubernetes.ts';
import { ClustersView, shop } from '../../../support/clusters-view.ts';

const hour = 3_600_000;

describe('the groups of a namespace', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());
  const tooltipOf = async (...labels: readonly string[]) =>
    view.screen.find(...labels).node.tooltip?.(new AbortController().signal);

  describe('HPAs', () => {
    const hpas = [...shop, 'HPAs'] as const;

    it('mark one at its maximum, and can scale it', async () => {
      view.cluster.stores.horizontalpodautoscalers.has(anHpa());
      await view.open(...hpas);
      const description = 'at max · cpu 200 % / 50 % · 4 replicas (2 to 4)';
      view.shows([{ label: 'front-end', description, icon: 'warning', context: 'hpa scalable atMax' }], ...hpas);
      const { pointer } = view.screen.find(...hpas, 'front-end').subject;
      assert.deepEqual(
        [pointer?.kind, pointer?.namespace, pointer?.name],
        ['HorizontalPodAutoscaler', 'sock-shop', 'front-end'],
      );
    });

    it('mark one that gets no metrics', async () => {
      const conditions = [
        { type: 'ScalingActive', status: 'False', reason: 'FailedGetResourceMetric', message: 'no metrics' },
      ];
      view.cluster.stores.horizontalpodautoscalers.has(anHpa({ maxReplicas: 10, conditions }));
      await view.open(...hpas, 'front-end');
      view.shows(
        [{ label: 'front-end', icon: 'warning', children: [{ label: 'it gets no metrics: no metrics' }] }],
        ...hpas,
      );
    });

    it('show one grow without being asked, redrawing that row alone', async () => {
      const other = anHpa({ uid: 'x', name: 'other', maxReplicas: 10 });
      const growing = anHpa({ maxReplicas: 10, metrics: [] });
      view.cluster.stores.horizontalpodautoscalers.has(growing, other);
      await view.open(...hpas);
      view.screen.forget();
      view.cluster.stores.horizontalpodautoscalers.has({ ...growing, currentReplicas: 8 }, other);
      await view.flushed();
      assert.deepEqual(view.screen.drawn, ['front-end']);
      assert.match(view.screen.row(...hpas, 'front-end').description ?? '', /8 replicas \(2 to 10\)$/);
      view.cluster.stores.horizontalpodautoscalers.has(anHpa({ currentReplicas: 1 }));
      await view.flushed();
      assert.match(view.screen.row(...hpas, 'front-end').description ?? '', /· 1 replica \(/);
    });
  });

  it("show ConfigMaps and Secrets with when they changed and who reads them, and none of Helm's own", async () => {
    const configuration = [...shop, 'Configuration'] as const;
    view.cluster.stores.configmaps.has(aConfiguration({ uid: 'c', name: 'settings' }));
    view.cluster.stores.secrets.has(
      aConfiguration({ uid: 's', name: 'password', changedAt: view.clock.now() - 2 * hour }),
      aConfiguration({ uid: 'h', name: 'sh.helm.release.v1.sock-shop.v1', labels: { owner: 'helm' } }),
    );
    view.cluster.stores.pods.has(aPod({ uses: [{ kind: 'Secret', name: 'password' }] }));
    await view.open(...configuration, 'password');
    await view.open(...configuration, 'settings');
    view.shows(
      [
        {
          label: 'settings',
          description: 'ConfigMap · 24 h',
          context: 'configmap',
          children: [{ label: 'No pod reads it.' }],
        },
        {
          label: 'password',
          description: 'Secret · changed 2 h ago · 24 h',
          context: 'secret',
          children: [{ label: 'front-end-0' }],
        },
      ],
      ...configuration,
    );
  });

  it('show volume claims with phase, size, class and volume, and who uses them', async () => {
    const storage = [...shop, 'Storage'] as const;
    const pending = aPersistentVolumeClaim({ uid: 'p', name: 'waiting', phase: 'Pending', volume: '' });
    view.cluster.stores.persistentvolumeclaims.has(aPersistentVolumeClaim(), pending);
    view.cluster.stores.pods.has(aPod({ uses: [{ kind: 'PersistentVolumeClaim', name: 'data-carts-db-0' }] }));
    await view.open(...storage, 'data-carts-db-0');
    view.shows(
      [
        {
          label: 'data-carts-db-0',
          description: 'Bound · 8Gi · gp3 · pvc-uid-claim · 24 h',
          children: [{ label: 'front-end-0' }],
        },
        { label: 'waiting', description: 'Pending · 8Gi · gp3 · 24 h', icon: 'warning' },
      ],
      ...storage,
    );
  });

  it('show the nodes of the cluster: how they are, what runs on them and what is left', async () => {
    const pressed = [
      { type: 'Ready', status: 'True', reason: '', message: '' },
      { type: 'MemoryPressure', status: 'True', reason: '', message: 'little memory' },
    ];
    view.cluster.stores.nodes.has(
      aNode(),
      aNode({ uid: 'n2', name: 'node-10', conditions: pressed, unschedulable: true }),
      aNode({ uid: 'n3', name: 'ip-10-0-1-11.ap-northeast-2.compute.internal' }),
    );
    view.cluster.stores.pods.has(aPod(), aPod({ uid: 'done', name: 'job', phase: 'Succeeded' }));
    view.cluster.usages.has({
      namespace: '',
      name: 'node-0',
      cpu: 1_000,
      memory: 4 * 2 ** 30,
      at: 0,
      windowSeconds: 30,
    });
    await view.open('prod', 'Nodes', 'node-0');
    view.shows(
      [
        { label: 'ip-10-0-1-11', description: /^0\/110 pods/ },
        {
          label: 'node-0',
          description: '1/110 pods · CPU 25 % · memory 25 % · m6i.xlarge · ap-northeast-2a · 24 h',
          icon: 'server',
          children: [{ label: 'front-end-0', description: /^sock-shop · / }, { label: 'job' }],
        },
        { label: 'node-10', description: /^MemoryPressure · cordoned · 0\/110 pods · m6i/, icon: 'warning' },
      ],
      'prod',
      'Nodes',
    );
  });

  describe('tooltips', () => {
    const hpa = [...shop, 'HPAs', 'front-end'] as const;
    beforeEach(async () => {
      view.cluster.stores.horizontalpodautoscalers.has(anHpa());
      await view.open(...shop, 'HPAs');
    });

    it('tell the newest events of the object', async () => {
      const now = view.clock.now();
      view.cluster.reported = [4, 3, 2, 1, 5, 6].map((minutes) => ({
        ...aWarning({
          reason: `R${minutes}`,
          message: 'text\n',
          count: minutes === 1 ? 1 : 7,
          lastAt: now - minutes * 60_000,
        }),
        type: 'Normal',
        source: 'test',
      }));
      const text = (await tooltipOf(...hpa))?.text ?? [];
      assert.deepEqual(text.slice(0, 2), ['60 s ago: R1: text', '2 m ago: R2: text (7 times)']);
      assert.equal(text.length, 5);
    });

    it('say why there are no events, and tell everything else', async () => {
      const error = new JarvisError({ code: 'kube.forbidden', message: 'You may not list events.' });
      view.cluster.events = () => Promise.reject(error);
      const tooltip = await tooltipOf(...hpa);
      assert.equal(tooltip?.title, 'front-end');
      assert.deepEqual(tooltip.text, ['Its events cannot be read: You may not list events.']);
    });

    it('do not wait longer for a slow server than a person would', async () => {
      view.cluster.events = () => new Promise(() => undefined);
      const tooltip = tooltipOf(...hpa);
      await view.clock.advance(3_000);
      assert.deepEqual((await tooltip)?.text, ['Its events cannot be read: the server takes too long']);
    });
  });
});
