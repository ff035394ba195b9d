import assert from 'node:assert/strict';
import * as v from 'valibot';
import { restartedAt } from '../../../src/domain/kubernetes/restarted-at.ts';
import { markPath } from '../../../src/domain/remediation/mark.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import { eventually } from '../../support/eventually.ts';
import { thrown } from '../../support/github/route-world.ts';
import { asViewer } from './viewer.ts';
import type { World } from './world.ts';
import { type WritePath, writePath } from './write-path.ts';

const { signal } = new AbortController();
const namespace = 'sock-shop';
type WorkloadKind = 'Deployment' | 'StatefulSet' | 'DaemonSet';

const Spec = v.object({
  spec: v.object({ template: v.object({ metadata: v.looseObject({ annotations: v.optional(v.unknown()) }) }) }),
});
const pathOf = (kind: WorkloadKind, name: string) =>
  `/apis/apps/v1/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`;

function workload(kind: WorkloadKind, name: string, pod: object = {}) {
  const labels = { app: name };
  const template = { metadata: { labels }, spec: { containers: [{ name, image: `${name}:1` }], ...pod } };
  const replicas = kind === 'DaemonSet' ? {} : { replicas: 2 };
  const spec = { selector: { matchLabels: labels }, ...replicas, template };
  return { apiVersion: 'apps/v1', kind, metadata: { name, namespace }, spec };
}

function planOf({ ref }: World, { runs }: WritePath, kind: WorkloadKind, name: string) {
  return runs.plan({ remediation: 'restart', pointer: { cluster: ref, kind, namespace, name }, inputs: {} }, signal);
}

/** What a restart has besides deployments, with the real controllers. */
export function restartsOfOtherKinds(world: () => World, make: () => Route): void {
  const setup = writePath(world, make, 'restart');

  it('restarts a StatefulSet and a DaemonSet, pod by pod, and takes it back', async () => {
    await Promise.all((['StatefulSet', 'DaemonSet'] as const).map(restarted));
  });

  async function restarted(kind: WorkloadKind): Promise<void> {
    const { lab } = world();
    const { client } = lab.cluster;
    const name = `of-${kind.toLowerCase()}`;
    const annotations = async () => (await client.get(pathOf(kind, name), Spec)).spec.template.metadata.annotations;
    await client.create(workload(kind, name));
    try {
      await lab.kubectl('-n', namespace, 'rollout', 'status', `${kind}/${name}`, '--timeout=30s');
      const { id, changes } = await planOf(world(), setup(), kind, name);
      const { phase, error } = await setup().runs.confirm(id);
      assert.deepEqual([phase, error], ['verified', undefined], kind);
      // what the server counts by itself (a DaemonSet's generation) is no change
      assert.deepEqual(
        changes.filter(({ path }) => path !== markPath).map(({ path, after }) => [path, after]),
        [['spec.template.metadata.annotations', await annotations()]],
        kind,
      );
      const undo = await setup().runs.planUndo(id, signal);
      assert.equal((await setup().runs.confirm(undo.id)).phase, 'verified', kind);
      assert.ok(!JSON.stringify((await annotations()) ?? {}).includes(restartedAt), kind);
    } finally {
      await client.removeWholly(pathOf(kind, name));
    }
  }
}

/** Why a restart helps, or would not, as the real server tells it. */
export function restartEvidence(world: () => World, by: (world: World) => Route): void {
  const setup = writePath(world, () => by(world()), 'restart');
  const viewers = asViewer(world);
  const viewersSetup = writePath(viewers, () => by(viewers()), 'restart');

  const kubectl = (...args: string[]) => world().lab.kubectl('-n', namespace, ...args);
  const told = async (path: WritePath) => {
    const { reasons = [], effects } = await planOf(world(), path, 'Deployment', 'licenced');
    return [...reasons, ...effects.map(({ text }) => text)].join('\n');
  };

  it('is a Secret that was written since, a tag that was moved, and what is missing; gone with the restart', async () => {
    const from = (name: string, optional: boolean) => ({ secretRef: { name, optional } });
    const envFrom = [from('licence', false), from('not-there', false), from('may-be-there', true)];
    await kubectl('create', 'secret', 'generic', 'licence', '--from-literal=key=0');
    await world().lab.cluster.client.create(
      workload('Deployment', 'licenced', { containers: [{ name: 'licenced', image: 'licenced:latest', envFrom }] }),
    );
    try {
      await kubectl('rollout', 'status', 'deployment/licenced', '--timeout=30s');
      await moveTag();
      const evidence = [
        /2 of 2 pods are older than the Secret licence that they read/,
        /run 2 different images under licenced:latest \(container licenced\): the tag was moved/,
        /The Secret not-there is not there: a pod that needs it does not start again/,
        /The Secret may-be-there, which is optional, is not there/,
      ];
      let key = 0;
      // the server's times are whole seconds
      await eventually(
        async () => {
          const patch = JSON.stringify({ stringData: { key: String(++key) } });
          await kubectl('patch', 'secret', 'licence', '--type=merge', '-p', patch);
          return told(setup());
        },
        (all) => evidence.every((one) => one.test(all)),
      );
      const toViewer = await told(viewersSetup());
      assert.match(toViewer, /Whether pods are older than the Secret licence is unknown: .*secrets is forbidden/);
      assert.doesNotMatch(toViewer, /not-there is not there|No sign was found/);

      await kubectl('rollout', 'pause', 'deployment/licenced');
      assert.equal((await thrown(told(setup()))).code, 'remediation.paused');
      await kubectl('rollout', 'resume', 'deployment/licenced');
      const { id } = await planOf(world(), setup(), 'Deployment', 'licenced');
      assert.equal((await setup().runs.confirm(id)).phase, 'verified');
      assert.match(await told(setup()), /No sign was found that a restart helps/);
    } finally {
      await world().lab.cluster.client.removeWholly(pathOf('Deployment', 'licenced'));
    }
  });

  /** One of two pods has pulled the image after its tag was moved. */
  async function moveTag(): Promise<void> {
    const names = (await kubectl('get', 'pods', '-l', 'app=licenced', '-o', 'name')).trim().split('\n');
    for (const [index, name] of names.entries()) {
      const statuses = await kubectl('get', name, '-o', 'jsonpath={.status.containerStatuses}');
      const [status] = JSON.parse(statuses) as [object];
      const imageID = `docker.io/library/licenced@sha256:${String(index).repeat(64)}`;
      const patch = JSON.stringify({ status: { containerStatuses: [{ ...status, imageID }] } });
      await kubectl('patch', name, '--subresource=status', '--type=merge', '-p', patch);
    }
  }
}
