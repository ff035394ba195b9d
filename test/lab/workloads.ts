import * as v from 'valibot';
import type { KubeClient } from './cluster/client.ts';
import { namespaceObject } from './cluster/objects.ts';
import { chart, type HelmInput, hangingUpgrade, killHalfWay, runHelm } from './helm.ts';
import { until } from './process/until.ts';

const secret = '/api/v1/namespaces/sock-shop/secrets/database-credentials';

/** Installs, with the real Helm, sock-shop and its history, and next to it the releases that went wrong. */
export async function installWorkloads(input: HelmInput): Promise<void> {
  await Promise.all([installSockShop(input), installPayments(input)]);
}

/** Three revisions, by Helm 3: a first one, one with a newer front-end, one that logs less. */
async function installSockShop(input: HelmInput): Promise<void> {
  await input.client.create(namespaceObject('sock-shop'));
  const helm = (...args: string[]) => runHelm('helm3', input, [...args, '--namespace', 'sock-shop']);
  const release = ['sock-shop', chart('sock-shop')];
  await helm('install', ...release, '--set', 'services.front-end.tag=0.3.11,frontEnd.autoscaling.maxReplicas=3');
  await helm('upgrade', ...release, '--reset-values', '--description', 'front-end 0.3.12, room for one more');
  await helm('upgrade', ...release, '--set', 'services.catalogue.usage=24m', '--description', 'catalogue tuned');
  await available(input.client, 'sock-shop');
  await rotateSecret(input.client);
}

/** By Helm 4: a release in order, one whose upgrade failed, one whose upgrade was killed half-way. */
async function installPayments(input: HelmInput): Promise<void> {
  await input.client.create(namespaceObject('payments'));
  const helm = (...args: string[]) => runHelm('helm4', input, [...args, '--namespace', 'payments']);
  await helm('install', 'ledger', chart('ledger'));
  const upgrade = () => helm('upgrade', 'ledger', chart('ledger'), '--set', 'replicas=3');
  const failed = async () => {
    await helm('install', 'ledger-reports', chart('ledger'), '--set', 'replicas=1');
    await helm('upgrade', 'ledger-reports', chart('ledger'), ...hangingUpgrade, '--timeout', '1s').then(
      () => Promise.reject(new Error('the upgrade of ledger-reports was meant to fail')),
      () => undefined,
    );
  };
  const pending = async () => {
    await helm('install', 'ledger-settlement', chart('ledger'), '--set', 'replicas=1');
    await killHalfWay(input, { release: 'ledger-settlement', namespace: 'payments' });
  };
  await Promise.all([upgrade(), failed(), pending()]);
}

const Deployment = v.object({
  metadata: v.object({ generation: v.number() }),
  spec: v.object({ replicas: v.number() }),
  status: v.object({
    observedGeneration: v.optional(v.number(), 0),
    updatedReplicas: v.optional(v.number(), 0),
    availableReplicas: v.optional(v.number(), 0),
    replicas: v.optional(v.number(), 0),
  }),
});

async function available(client: KubeClient, namespace: string): Promise<void> {
  await until(`the deployments of ${namespace} are available`, async () => {
    const all = await client.list(`/apis/apps/v1/namespaces/${namespace}/deployments`, Deployment);
    return all.every(
      ({ metadata, spec, status }) =>
        status.observedGeneration === metadata.generation &&
        status.updatedReplicas === spec.replicas &&
        status.availableReplicas === spec.replicas &&
        status.replicas === spec.replicas,
    );
  });
}

const Secret = v.object({
  apiVersion: v.string(),
  kind: v.string(),
  type: v.string(),
  metadata: v.object({
    name: v.string(),
    namespace: v.string(),
    labels: v.record(v.string(), v.string()),
    annotations: v.record(v.string(), v.string()),
  }),
  data: v.record(v.string(), v.string()),
});

const Created = v.object({ metadata: v.object({ creationTimestamp: v.string() }) });

/** Replaces the database's password as a rotation job would: the pods that mount it are older than it from now on. */
async function rotateSecret(client: KubeClient): Promise<void> {
  const old = await client.get(secret, Secret);
  const pods = await client.list('/api/v1/namespaces/sock-shop/pods', Created);
  const newest = Math.max(...pods.map(({ metadata }) => Date.parse(metadata.creationTimestamp)));
  // creation times are whole seconds
  await until('the newest pod is a second old', () => Promise.resolve(Date.now() >= newest + 1000));
  const password = Buffer.from('rotated_password').toString('base64');
  await client.remove(secret);
  await client.create({ ...old, kind: 'Secret', apiVersion: 'v1', data: { ...old.data, password } });
}
