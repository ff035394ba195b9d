import assert from 'node:assert/strict';
import { comparable } from '../../../../src/domain/kubernetes/comparable.ts';
import { presentable } from '../../../../src/domain/kubernetes/presentable.ts';

const password = 'correct horse battery staple';
const encoded = Buffer.from(password).toString('base64');

describe('an object as a person may read it', () => {
  it('comes in kubectl’s order, without managedFields', () => {
    const shown = presentable({
      kind: 'Pod',
      spec: {},
      apiVersion: 'v1',
      metadata: { name: 'a', managedFields: [{}] },
    });
    assert.deepEqual(Object.keys(shown), ['apiVersion', 'kind', 'metadata', 'spec']);
    assert.deepEqual(shown['metadata'], { name: 'a' });
  });

  it('shows of a Secret its keys and lengths, wherever its values are kept', () => {
    const copy = JSON.stringify({ data: { password: encoded } });
    const shown = presentable({
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: 'db',
        annotations: {
          team: 'payments',
          'kubectl.kubernetes.io/last-applied-configuration': copy,
          'objectset.rio.cattle.io/applied': encoded,
          'example.com/copy': copy,
        },
      },
      data: { password: encoded, one: 'YQ==', empty: '' },
      stringData: { again: password },
    });
    const text = JSON.stringify(shown);
    assert.ok(!text.includes(encoded) && !text.includes(password), text);
    assert.deepEqual(shown['data'], {
      password: `masked, ${password.length} bytes`,
      one: 'masked, 1 byte',
      empty: 'masked, 0 bytes',
    });
    assert.deepEqual(shown['stringData'], { again: `masked, ${password.length} bytes` });
    assert.match(text, /"team":"payments"/);
  });

  it('leaves the data of a ConfigMap as they are', () => {
    assert.deepEqual(presentable({ kind: 'ConfigMap', data: { a: 'b' } })['data'], { a: 'b' });
  });
});

describe('an object as it is compared', () => {
  const pod = (uid: string, at: string, image: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', uid, resourceVersion: uid, creationTimestamp: at, ownerReferences: [{ name: 'rs', uid }] },
    spec: { containers: [{ name: 'main', image }] },
    status: {
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: at }],
      containerStatuses: [{ name: 'main', containerID: uid, state: { running: { startedAt: at } } }],
    },
  });

  it('is the same whenever and as whatever it was made', () => {
    assert.deepEqual(comparable(pod('1', 'yesterday', 'x:1')), comparable(pod('2', 'today', 'x:1')));
  });

  it('differs where it matters', () => {
    assert.notDeepEqual(comparable(pod('1', 'today', 'x:1')), comparable(pod('1', 'today', 'x:2')));
  });

  it('keeps a Secret’s values masked', () => {
    assert.ok(!JSON.stringify(comparable({ kind: 'Secret', data: { a: encoded } })).includes(encoded));
  });
});
