import assert from 'node:assert/strict';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';
import { mergePatch } from '../../../../../src/domain/remediation/rollback/merge.ts';

describe('the patch from one manifest to another', () => {
  it('sets what the new one has and removes what only the old one had', () => {
    const patch = { spec: { replicas: 2, paused: null } };
    assert.deepEqual(mergePatch({ spec: { replicas: 1, paused: true } }, { spec: { replicas: 2 } }), {
      strategic: patch,
      merge: patch,
    });
  });

  it('names elements for removal where lists are merged by key, and gives the whole list where they are not', () => {
    const from = {
      containers: [
        { name: 'web', tty: true },
        { name: 'sidecar', image: 's' },
      ],
    };
    const to = { containers: [{ name: 'web', image: 'w' }] };
    assert.deepEqual(mergePatch(from, to), {
      strategic: {
        containers: [
          { name: 'web', tty: null, image: 'w' },
          { name: 'sidecar', $patch: 'delete' },
        ],
      },
      merge: to,
    });
  });

  it('knows ports of containers and of Services by their own keys', () => {
    const patch = (from: JsonObject, to: JsonObject) =>
      mergePatch({ ports: [from] }, { ports: [to] }).strategic['ports'];
    assert.deepEqual(patch({ containerPort: 80 }, { containerPort: 81 }), [
      { containerPort: 81 },
      { containerPort: 80, $patch: 'delete' },
    ]);
    assert.deepEqual(patch({ port: 80 }, { port: 80, targetPort: 8080 }), [{ port: 80, targetPort: 8080 }]);
  });

  it('replaces lists that have no key', () => {
    assert.deepEqual(mergePatch({ args: ['a', 'b'] }, { args: ['c'] }).strategic, { args: ['c'] });
    assert.deepEqual(mergePatch({ env: ['odd'] }, { env: [{ name: 'A' }] }).strategic, { env: [{ name: 'A' }] });
  });
});
