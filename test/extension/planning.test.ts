import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { CancelledError, isCancelled } from '../../src/core/errors.ts';
import { objectRef } from '../../src/domain/kubernetes/api-kinds.ts';
import { restartRollout } from '../../src/features/remediation/restart.ts';
import { rollbackRelease } from '../../src/features/remediation/rollback-release.ts';
import { scaleHpa } from '../../src/features/remediation/scale-hpa.ts';
import { FakeCluster, aPod, aRelease, clustersOf } from '../support/builders/kubernetes.ts';
import { eventually } from '../support/eventually.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { replaced } from '../support/replaced.ts';

describe('what a plan asks first, in VS Code', () => {
  const ref = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
  const release = { cluster: ref, namespace: 'sock-shop', name: 'sock-shop', revision: 1 };
  const servicesOf = (cluster: FakeCluster) =>
    ({ clusters: clustersOf(cluster), clock: new FakeClock() }) as unknown as Parameters<typeof scaleHpa>[0];

  it('says what it reads when that takes long, and is cancelled by a person alone', async () => {
    const cluster = new FakeCluster(ref);
    cluster.releases = {
      ...cluster.releases,
      history: (_namespace, _name, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new CancelledError()))),
    };
    const shown = progress();
    const services = servicesOf(cluster);
    const hpa = { cluster: ref, kind: 'HorizontalPodAutoscaler', namespace: 'sock-shop', name: 'web' } as const;
    try {
      const asked = [
        scaleHpa(services, { pointer: hpa }),
        restartRollout(services, { object: objectRef(ref, 'pods', aPod({ name: 'web-0' })) }),
        rollbackRelease(services, { release }),
      ].map((command) => assert.rejects(command, isCancelled));
      const titles = await eventually(
        () => [...shown.titles],
        ({ length }) => length === asked.length,
      );
      assert.deepEqual(titles.sort(), [
        'Reading HPA · sock-shop',
        'Reading Pod web-0 in sock-shop on prod',
        'Reading the history of sock-shop',
      ]);
      shown.cancel();
      await Promise.all(asked);
    } finally {
      shown.dispose();
    }
  });

  it('is told where there is no revision to choose', async () => {
    const cluster = new FakeCluster(ref);
    cluster.releases = { ...cluster.releases, history: () => Promise.resolve([aRelease()]) };
    await assert.rejects(rollbackRelease(servicesOf(cluster), { release }), { code: 'helm.noGoodRevision' });
  });
});

/** The progress that is shown from now on; a person cancels all of it. */
function progress() {
  const person = new vscode.CancellationTokenSource();
  const titles: string[] = [];
  const shown = replaced(vscode.window, {
    withProgress: (options, task) => {
      titles.push(options.title ?? '');
      return task({ report: () => undefined }, person.token);
    },
  });
  return { ...shown, titles, cancel: () => person.cancel() };
}
