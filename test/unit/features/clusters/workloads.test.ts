import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { loading } from '../../../../src/core/loadable.ts';
import type { OwnerReference, Pod } from '../../../../src/domain/kubernetes/model.ts';
import {
  aConfiguration,
  aContainer,
  aCronJob,
  aDaemonSet,
  aDeployment,
  aJob,
  aPod,
  aReplicaSet,
  aStatefulSet,
} from '../../../support/builders/kubernetes.ts';
import { ClustersView, shop } from '../../../support/clusters-view.ts';

const workloads = [...shop, 'Workloads'] as const;
const minutes = 60_000;

function ownedBy(kind: string, name: string, uid: string): { owners: readonly OwnerReference[] } {
  return { owners: [{ kind, name, uid, controller: true }] };
}

/** A pod of a ReplicaSet of front-end, as the Deployment controller names and labels it. */
function frontEndPod(name: string, set: { readonly uid: string; readonly name: string }, over: Partial<Pod> = {}): Pod {
  const hash = set.name.slice('front-end-'.length);
  return aPod({
    uid: `uid-${name}`,
    name,
    labels: { name: 'front-end', 'pod-template-hash': hash },
    containers: [aContainer()],
    ...ownedBy('ReplicaSet', set.name, set.uid),
    ...over,
  });
}

describe('the workloads of a namespace', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());

  it('are one list: by kind, then by name, and last the pods that nothing keeps', async () => {
    const { stores } = view.cluster;
    stores.deployments.has(aDeployment({ ready: 2 }), aDeployment({ uid: 'c', name: 'carts' }));
    stores.statefulsets.has(aStatefulSet({ ready: 0 }));
    stores.daemonsets.has(aDaemonSet({ updated: 1 }));
    stores.replicasets.has(aReplicaSet(), aReplicaSet({ uid: 'r', name: 'rollout-1', revision: 1, owners: [] }));
    stores.cronjobs.has(aCronJob());
    stores.jobs.has(aJob(), aJob({ uid: 'j', name: 'report-1', ...ownedBy('CronJob', 'report', 'uid-cronjob') }));
    stores.pods.has(aPod({ name: 'debug' }));
    await view.open(...workloads);
    view.shows(
      [
        { label: 'carts', description: '4/4 ready · 1 · 24 h', icon: 'pass', context: 'deployment scalable' },
        { label: 'front-end', description: '2/4 ready · 1 · 24 h', icon: 'warning' },
        { label: 'carts-db', description: '0/4 ready · StatefulSet · 1 · 24 h', icon: 'error', context: 'statefulset' },
        { label: 'log-agent', description: '4/4 ready · DaemonSet · 1 · 24 h', icon: 'sync', context: 'daemonset' },
        { label: 'revision 1', description: '4/4 ready · 1 · 24 h', context: 'replicaset' },
        { label: 'report', description: 'CronJob · 0 3 * * * · never ran · 24 h', context: 'cronjob' },
        { label: 'migrate', description: 'Job · 0/1 completed · 1 active · 24 h', icon: 'sync', context: 'job' },
        { label: 'debug', context: 'pod' },
      ],
      ...workloads,
    );
  });

  it('show what they can where a kind may not be listed, and say which', async () => {
    const error = new JarvisError({ code: 'kube.forbidden', message: 'You may not list jobs.' });
    view.cluster.stores.jobs.becomes({ state: 'failed', error });
    view.cluster.stores.deployments.has(aDeployment());
    await view.open(...workloads);
    view.shows([{ label: 'front-end' }, { label: error.message, icon: 'lock' }], ...workloads);
  });

  it('say once that more is still to come', async () => {
    view.cluster.stores.deployments.has(aDeployment());
    for (const kind of ['jobs', 'statefulsets', 'pods'] as const)
      view.cluster.stores[kind].becomes({ state: 'loading' });
    await view.open(...workloads);
    view.shows([{ label: 'front-end' }, { label: 'Loading…' }], ...workloads);
  });

  it('say in the row what their pods say together', async () => {
    const set = aReplicaSet();
    const restarted = aContainer({ restarts: 3, lastRestartAt: view.clock.now() - 2 * minutes });
    view.cluster.stores.deployments.has(aDeployment());
    view.cluster.stores.replicasets.has(set);
    view.cluster.stores.pods.has(
      frontEndPod('front-end-a', set, { containers: [restarted] }),
      frontEndPod('front-end-b', set),
      aPod({ uid: 'other', name: 'carts-0', labels: { name: 'carts' }, containers: [aContainer({ restarts: 9 })] }),
    );
    const usage = { namespace: 'sock-shop', at: 0, windowSeconds: 30, memory: 32 * 2 ** 20 };
    view.cluster.usages.has({ ...usage, name: 'front-end-a', cpu: 184 }, { ...usage, name: 'front-end-b', cpu: 84 });
    await view.open(...workloads);
    const { description } = view.screen.row(...workloads, 'front-end');
    assert.equal(description, '4/4 ready · 3 restarts (2 m ago) · CPU 67 % · memory 50 % · 1 · 24 h');
  });

  describe('a deployment', () => {
    const frontEnd = [...workloads, 'front-end'] as const;

    it('shows the pods of its current revision, and folds the older ones away', async () => {
      const set = aReplicaSet();
      const older = [1, 2].map((revision) =>
        aReplicaSet({ uid: `old-${revision}`, name: `front-end-old${revision}`, wanted: 0, ready: 0, revision }),
      );
      view.cluster.stores.deployments.has(aDeployment());
      view.cluster.stores.replicasets.has(set, ...older);
      view.cluster.stores.pods.has(frontEndPod('front-end-a', set), aPod({ uid: 'other', name: 'carts', labels: {} }));
      await view.open(...frontEnd, '2 older revisions');
      view.shows(
        [
          { label: 'front-end-a', description: '1/1 ready · 1 · 24 h', icon: 'pass' },
          { label: '2 older revisions', children: [{ label: 'revision 2' }, { label: 'revision 1' }] },
        ],
        ...frontEnd,
      );
    });

    it('shows during a rollout which pods are on their way out', async () => {
      const set = aReplicaSet({ ready: 2, wanted: 3 });
      const old = aReplicaSet({ uid: 'old', name: 'front-end-old', revision: 2, wanted: 2, ready: 2 });
      view.cluster.stores.deployments.has(aDeployment());
      view.cluster.stores.replicasets.has(old, set);
      view.cluster.stores.pods.has(frontEndPod('front-end-new-a', set), frontEndPod('front-end-old-a', old));
      await view.open(...frontEnd);
      view.shows(
        [
          { label: 'front-end-new-a' },
          { label: 'revision 2', description: '2/2 ready · 1 · 24 h', children: [{ label: 'front-end-old-a' }] },
        ],
        ...frontEnd,
      );
    });

    it('shows all of its pods where ReplicaSets may not be read, and says that', async () => {
      const error = new JarvisError({ code: 'kube.forbidden', message: 'You may not list replicasets.' });
      view.cluster.stores.replicasets.becomes({ state: 'failed', error });
      view.cluster.stores.deployments.has(aDeployment());
      view.cluster.stores.pods.has(frontEndPod('front-end-a', aReplicaSet()));
      await view.open(...frontEnd);
      view.shows([{ label: 'front-end-a' }, { label: error.message, icon: 'lock' }], ...frontEnd);
    });
  });

  it('lead from a set and from a job to their pods', async () => {
    view.cluster.stores.statefulsets.has(aStatefulSet());
    view.cluster.stores.jobs.has(aJob());
    view.cluster.stores.pods.has(
      aPod({ uid: '1', name: 'carts-db-0', ...ownedBy('StatefulSet', 'carts-db', 'uid-statefulset-carts-db') }),
      aPod({ uid: '2', name: 'migrate-x', ...ownedBy('Job', 'migrate', 'uid-job') }),
    );
    await view.open(...workloads, 'carts-db');
    await view.open(...workloads, 'migrate');
    view.shows([{ label: 'carts-db-0' }], ...workloads, 'carts-db');
    view.shows([{ label: 'migrate-x' }], ...workloads, 'migrate');
  });

  it('fold the jobs of a cron job under it, the newest first', async () => {
    const of = ownedBy('CronJob', 'report', 'uid-cronjob');
    const hourAgo = view.clock.now() - 60 * minutes;
    view.cluster.stores.cronjobs.has(aCronJob({ lastScheduledAt: hourAgo }));
    const done = { active: 0, succeeded: 1, completedAt: hourAgo + minutes, startedAt: hourAgo };
    view.cluster.stores.jobs.has(
      aJob({ uid: 'a', name: 'report-1', ...of }),
      aJob({ uid: 'b', name: 'report-2', createdAt: hourAgo, ...of, ...done }),
    );
    await view.open(...workloads, 'report');
    view.shows(
      [
        { label: 'report-2', description: '1/1 completed · 59 m ago (took 60 s)' },
        { label: 'report-1', description: '0/1 completed · 1 active · 24 h' },
      ],
      ...workloads,
      'report',
    );
  });

  it('say what is wrong with a pod in its row', async () => {
    view.cluster.stores.pods.has(
      aPod({ phase: 'Running', reason: 'CrashLoopBackOff' }),
      aPod({ uid: 'b', name: 'front-end-1', phase: 'Pending' }),
      aPod({ uid: 'c', name: 'front-end-2', deletedAt: 1 }),
      aPod({ uid: 'd', name: 'front-end-3', containers: [aContainer({ ready: false }), aContainer({ role: 'init' })] }),
    );
    await view.open(...workloads);
    view.shows(
      [
        { label: 'front-end-0', description: /^CrashLoopBackOff · /, icon: 'error' },
        { label: 'front-end-1', description: /^Pending · /, icon: 'clock' },
        { label: 'front-end-2', icon: 'trash' },
        { label: 'front-end-3', description: /^0\/1 ready · /, icon: 'warning' },
      ],
      ...workloads,
    );
  });

  it('lead from a pod to its containers: what each does and how its last run ended', async () => {
    const killed = { code: 137, signal: 0, reason: 'OOMKilled', at: view.clock.now() - 5 * minutes };
    view.cluster.stores.pods.has(
      aPod({
        containers: [
          aContainer({
            name: 'web',
            image: 'registry:5000/web:2.1@sha256:0123456789ab',
            lastExit: killed,
            restarts: 1,
          }),
          aContainer({
            name: 'setup',
            role: 'init',
            state: {
              kind: 'terminated',
              reason: 'Completed',
              message: '',
              exit: { code: 0, signal: 0, reason: 'Completed' },
            },
          }),
          aContainer({ name: 'proxy', role: 'sidecar', image: 'proxy@sha256:0123456789ab', ready: false }),
          aContainer({ name: 'bad', state: { kind: 'waiting', reason: 'ImagePullBackOff', message: 'no such image' } }),
        ],
      }),
    );
    await view.open(...workloads, 'front-end-0');
    const pod = [...workloads, 'front-end-0'] as const;
    view.shows(
      [
        { label: 'web', description: 'running · 1 restart · 2.1', icon: 'pass' },
        { label: 'setup', description: 'init · Completed · 1', icon: 'pass' },
        { label: 'proxy', description: 'sidecar · running, not ready · sha256:0123456', icon: 'warning' },
        { label: 'bad', description: 'ImagePullBackOff · 1', icon: 'error' },
      ],
      ...pod,
    );
    const { node } = view.screen.find(...pod, 'web');
    const tooltip = await node.tooltip?.(new AbortController().signal);
    assert.match(new Map(tooltip?.facts).get('Last run') ?? '', /^exit code 137, OOMKilled, .*\(5 m ago\)$/);
    assert.equal(view.screen.find(...pod, 'web').subject.container, 'web');
  });

  it('say in their tooltips what their pods are older than, and what is not known', async () => {
    const { clock, cluster } = view;
    const uses = [{ kind: 'Secret', name: 'licence' }] as const;
    const startedAt = clock.now() - 60 * minutes;
    cluster.stores.pods.has(aPod({ uses, startedAt, containers: [aContainer()] }));
    cluster.stores.secrets.has(aConfiguration({ name: 'licence', changedAt: clock.now() - 5 * minutes }));
    cluster.stores.configmaps.has();
    await view.open(...workloads);
    const tooltip = async () => {
      const { node } = view.screen.find(...workloads, 'front-end-0');
      return (await node.tooltip?.(new AbortController().signal))?.text?.join(' ');
    };
    assert.match((await tooltip()) ?? '', /1 of 1 pods are older than the Secret licence .* written 5 m ago/);
    const error = new JarvisError({ code: 'kube.forbidden', message: 'no right' });
    cluster.stores.secrets.becomes({ state: 'failed', error });
    assert.match((await tooltip()) ?? '', /older than the Secret licence is unknown: no right/);
  });

  it('have a tooltip also while the server does not answer', async () => {
    const { clock, cluster } = view;
    cluster.stores.secrets.becomes(loading);
    cluster.stores.pods.has(aPod({ uses: [{ kind: 'Secret', name: 'licence' }], containers: [aContainer()] }));
    await view.open(...workloads);
    const { node } = view.screen.find(...workloads, 'front-end-0');
    const tooltip = node.tooltip?.(new AbortController().signal);
    await clock.advance(3_000);
    assert.match((await tooltip)?.text?.join(' ') ?? '', /is unknown: the server takes too long/);
  });
});
