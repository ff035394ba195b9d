import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { targetGuard } from '../../../../src/domain/remediation/target-guard.ts';
import { anHpa, clustersOf, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aTarget, prod } from '../../../support/builders/remediation.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { rawHpa } from '../../../support/observer-world.ts';

describe('the guard of a target', () => {
  const { signal } = new AbortController();
  const answering = (read: () => Promise<JsonObject>) => {
    const cluster = new FakeCluster(prod);
    return { cluster, guard: targetGuard({ read, dryRun: read }, clustersOf(cluster)) };
  };
  const guard = (now: JsonObject) => answering(() => Promise.resolve(now)).guard;
  const fields = [{ path: 'spec.maxReplicas', value: 4 }];

  it('lets the same object with the same fields pass', () =>
    guard(rawHpa(4)).assertUnchanged(aTarget(), fields, signal));

  it('stops at another value and at another object of the same name, and says which', async () => {
    await assert.rejects(guard(rawHpa(6)).assertUnchanged(aTarget(), fields, signal), {
      code: 'remediation.changedSince',
      message: /spec\.maxReplicas of front-end is 6 now, not 4/,
    });
    await assert.rejects(guard(rawHpa(4, 'other')).assertUnchanged(aTarget(), fields, signal), {
      message: /made anew/,
    });
  });

  it('says that the object was deleted', async () => {
    const gone = new JarvisError({ code: 'kube.notFound', message: '"front-end" not found' });
    const { guard: looking } = answering(() => Promise.reject(gone));
    await assert.rejects(looking.assertUnchanged(aTarget(), fields, signal), {
      message: /front-end was deleted since/,
    });
  });

  it('follows the object by the watch until it changes, through trouble, and lets the watch go', async () => {
    const clock = new FakeClock();
    let now: JsonObject | JarvisError = rawHpa(4);
    const { cluster, guard: following } = answering(() =>
      now instanceof JarvisError ? Promise.reject(now) : Promise.resolve(now),
    );
    const { horizontalpodautoscalers: hpas } = cluster.stores;
    const why = following.untilChanged(aTarget(), fields, signal);
    const moved = (hpa = anHpa()) => {
      hpas.has(hpa);
      return clock.advance(0);
    };
    await moved();
    now = new JarvisError({ code: 'kube.unreachable', message: 'cut' });
    await moved();
    assert.equal(cluster.leases, 1);
    now = rawHpa(6);
    await moved();
    assert.match((await why)?.message ?? '', /spec\.maxReplicas of front-end is 6 now, not 4/);
    assert.equal(cluster.leases, 0);
  });

  it('stops following when nobody looks any more', async () => {
    const stop = new AbortController();
    const { cluster, guard: following } = answering(() => Promise.resolve(rawHpa(4)));
    const why = following.untilChanged(aTarget(), fields, stop.signal);
    stop.abort();
    assert.equal(await why, undefined);
    assert.equal(cluster.leases, 0);
  });
});
