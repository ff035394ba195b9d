import assert from 'node:assert/strict';
import { apiKinds } from '../../../../src/domain/kubernetes/api-kinds.ts';
import { type KeptForward, readKept } from '../../../../src/features/objects/kept-forwards.ts';

describe('port forwards that ended with the window', () => {
  const cluster = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
  const object = { cluster, ...apiKinds.services, namespace: 'shop', name: 'web', uid: 'u' };
  const kept: KeptForward = { object, ports: { local: 8080, remote: 80 } };
  const read = (value: unknown) =>
    readKept({ get: (key) => (key === 'jarvis.portForwards' ? value : undefined), update: () => Promise.resolve() });

  it('are known again', () => {
    assert.deepEqual(read(structuredClone([kept])), [kept]);
  });

  it('are none where nothing was kept, or something else', () => {
    for (const value of [undefined, null, 'x', [], [{}], [{ object }], [{ ...kept, ports: { local: '8080' } }]])
      assert.deepEqual(read(value), []);
  });
});
