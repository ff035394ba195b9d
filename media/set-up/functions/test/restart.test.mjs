import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { change } from '../restart/index.mjs';

const restart = (restarted_at, kind = 'Deployment') =>
  change({ target: { kind, namespace: 'shop', name: 'web' }, values: { restarted_at } });
const timeIn = ({ patch }) => patch.spec.template.metadata.annotations['kubectl.kubernetes.io/restartedAt'];

describe('restart', () => {
  it('gives the pod template the time, or takes it away', () => {
    assert.equal(timeIn(restart('2026-01-01T00:00:00Z')), '2026-01-01T00:00:00Z');
    assert.equal(timeIn(restart('')), null);
    assert.equal(restart('', 'StatefulSet').path, '/apis/apps/v1/namespaces/shop/statefulsets/web');
  });

  it('restarts nothing else, and takes no other text for a time', () => {
    for (const kind of ['Pod', 'toString', 'ReplicaSet']) assert.throws(() => restart('', kind), /cannot be restarted/);
    for (const time of [undefined, 'now', '2026-01-01']) assert.throws(() => restart(time), /must be a time/);
  });
});
