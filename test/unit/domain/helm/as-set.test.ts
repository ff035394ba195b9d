import assert from 'node:assert/strict';
import { asSet } from '../../../../src/domain/helm/as-set.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';

/** What the live object says of what the manifest sets is what the manifest says. */
const isAsSet = (manifest: JsonObject, live: JsonObject) => assert.deepEqual(asSet(manifest, live), manifest);

describe('a live object as far as its manifest speaks of it', () => {
  it('lacks what the server and others have added', () => {
    isAsSet(
      { metadata: { name: 'web', labels: { app: 'web' } }, spec: { replicas: 2 } },
      {
        metadata: { name: 'web', uid: 'u', managedFields: [], labels: { app: 'web', team: 'x' } },
        spec: { replicas: 2, revisionHistoryLimit: 10 },
        status: { replicas: 2 },
      },
    );
  });

  it('has its containers by name: one that was injected is nobody’s of the chart', () => {
    isAsSet(
      {
        spec: {
          containers: [
            { name: 'a', image: 'a:1' },
            { name: 'b', env: [{ name: 'X', value: '1' }] },
          ],
        },
      },
      {
        spec: {
          containers: [
            { name: 'proxy', image: 'envoy' },
            { name: 'b', env: [{ name: 'Y' }, { name: 'X', value: '1' }], terminationMessagePath: '/dev' },
            { name: 'a', image: 'a:1', imagePullPolicy: 'Always' },
          ],
        },
      },
    );
  });

  it('has lists of things without a name in their order, with what was added to them', () => {
    assert.deepEqual(asSet({ args: ['a', 'b'] }, { args: ['a', 'x', 'b'] }), { args: ['a', 'x', 'b'] });
    assert.deepEqual(asSet({ rules: [{ host: 'a' }] }, { rules: [{ host: 'a', more: 1 }, { host: 'b' }] }), {
      rules: [{ host: 'a' }, { host: 'b' }],
    });
  });

  it('says in the manifest’s words what is the same', () => {
    isAsSet(
      {
        resources: { requests: { cpu: 0.5, memory: '1024Mi' }, limits: { cpu: '1000m' } },
        hostNetwork: false,
        env: [],
      },
      { resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '1' } } },
    );
    isAsSet({ labels: null, strategy: { rollingUpdate: {} } }, { strategy: {} });
  });

  it('differs where what is set is not so', () => {
    assert.deepEqual(asSet({ spec: { replicas: 2, paused: true } }, { spec: { replicas: 4 } }), {
      spec: { replicas: 4 },
    });
    assert.deepEqual(asSet({ limits: { cpu: '1' } }, { limits: { cpu: '2' } }), { limits: { cpu: '2' } });
    assert.deepEqual(asSet({ limits: { cpu: 'a' } }, { limits: { cpu: 'b' } }), { limits: { cpu: 'b' } });
    assert.deepEqual(asSet({ args: ['1'] }, { args: ['1000m'] }), { args: ['1000m'] });
    assert.deepEqual(asSet({ containers: [{ name: 'a' }, { name: 'b' }] }, { containers: [{ name: 'b' }] }), {
      containers: [{ name: 'b' }],
    });
  });

  it('of a Secret has the data that its texts become', () => {
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    assert.deepEqual(
      asSet(
        { kind: 'Secret', stringData: { a: 'x' }, data: { b: `${base64('long')}\n` } },
        { kind: 'Secret', data: { a: base64('x'), b: base64('long'), c: 'added' }, type: 'Opaque' },
      ),
      { kind: 'Secret', data: { a: base64('x'), b: base64('long') } },
    );
  });
});
