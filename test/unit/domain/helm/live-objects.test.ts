import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { liveObjects } from '../../../../src/domain/helm/live-objects.ts';
import { apiKinds } from '../../../../src/domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../../../src/domain/kubernetes/object-ref.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { FakeCluster } from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/clusters-view.ts';

describe('the live objects of a manifest', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', namespace: '', name: 'tide', json: {} };
  let asked: ObjectRef[] = [];

  const lookInto = (isNamespaced: boolean, answer: () => Promise<JsonObject>) => {
    asked = [];
    const cluster = Object.assign(new FakeCluster(prod), {
      serves: () => Promise.resolve({ ...apiKinds.configmaps, isNamespaced }),
      read: (ref: ObjectRef) => {
        asked.push(ref);
        return answer();
      },
    });
    return liveObjects(cluster, 'shop', new AbortController().signal);
  };
  const fails = (code: 'kube.notFound' | 'kube.forbidden' | 'kube.timeout') => () =>
    Promise.reject(new JarvisError({ code, message: code }));

  it('are in the namespace that the manifest names, else in the release’s, unless they are the cluster’s', async () => {
    const there = () => Promise.resolve({});
    await lookInto(true, there)(object);
    assert.deepEqual(
      asked.map(({ namespace, name, cluster }) => [namespace, name, cluster]),
      [['shop', 'tide', prod]],
    );
    await lookInto(true, there)({ ...object, namespace: 'other' });
    assert.equal(asked.at(-1)?.namespace, 'other');
    await lookInto(false, there)(object);
    assert.equal(asked.at(-1)?.namespace, '');
  });

  it('that are gone are none; that may not be read say why; what else fails, fails', async () => {
    assert.equal(await lookInto(true, fails('kube.notFound'))(object), undefined);
    assert.equal(await lookInto(true, fails('kube.forbidden'))(object), 'kube.forbidden');
    await assert.rejects(lookInto(true, fails('kube.timeout'))(object), JarvisError);
  });
});
