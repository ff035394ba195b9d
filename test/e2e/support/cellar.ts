import path from 'node:path';
import type { Lab } from '../../lab/lab.ts';

/** Fills the namespace `cellar`: something of each kind that sock-shop has none of, and pods in trouble. */
export async function fillCellar(lab: Lab): Promise<void> {
  await lab.kubectl('apply', '-f', path.join(import.meta.dirname, 'cellar.yaml'));
  await lab.kubectl('--namespace=cellar', 'wait', '--for=condition=Ready', 'pod/press', 'pod/bottling');
  await Promise.all([
    tell(lab, 'press', {
      restartCount: 7,
      state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container=press' } },
      lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: new Date().toISOString() } },
    }),
    tell(lab, 'bottling', {
      restartCount: 0,
      state: { waiting: { reason: 'ImagePullBackOff', message: 'manifest unknown: manifest unknown' } },
    }),
  ]);
}

/** What a kubelet would report of a pod's one container, which has the pod's name. */
async function tell(lab: Lab, name: string, status: object): Promise<void> {
  const containerStatuses = [{ name, image: '', imageID: '', ready: false, started: false, ...status }];
  await lab.cluster.client.mergePatch(`/api/v1/namespaces/cellar/pods/${name}/status`, {
    status: { containerStatuses },
  });
}

/** More ConfigMaps than a list shows at once, in a namespace that comes last. */
export async function fillArchive(lab: Lab, count: number): Promise<void> {
  const { client } = lab.cluster;
  await client.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'zz-archive' } });
  const names = Array.from({ length: count }, (_, index) => `ledger-${String(index + 1).padStart(3, '0')}`);
  await Promise.all(
    names.map((name) =>
      client.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'zz-archive' } }),
    ),
  );
}
