import assert from 'node:assert/strict';
import { imageTag } from '../../../../src/domain/kubernetes/image.ts';
import { releaseOf } from '../../../../src/domain/kubernetes/release-of.ts';
import { workloadOf } from '../../../../src/domain/kubernetes/workload-of.ts';

describe('what names say', () => {
  it('of an image: its tag, else a piece of its digest', () => {
    const tags = {
      'web:1.2': '1.2',
      web: 'latest',
      'registry:5000/web': 'latest',
      'registry:5000/team/web:v3-rc.1': 'v3-rc.1',
      'web:1.2@sha256:0123456789abcdef': '1.2',
      'registry:5000/web@sha256:0123456789abcdef': 'sha256:0123456',
    };
    for (const [image, tag] of Object.entries(tags)) assert.equal(imageTag(image), tag);
  });

  it('of a pod: the workload above it, through the ReplicaSet of a Deployment', () => {
    const pod = (kind: string, name: string, labels: Record<string, string> = {}, controller = true) =>
      workloadOf({ owners: [{ kind, name, uid: 'u', controller }], labels });
    assert.deepEqual(pod('ReplicaSet', 'web-abc', { 'pod-template-hash': 'abc' }), { kind: 'Deployment', name: 'web' });
    assert.deepEqual(pod('ReplicaSet', 'web-abc'), { kind: 'ReplicaSet', name: 'web-abc' });
    assert.deepEqual(pod('StatefulSet', 'db'), { kind: 'StatefulSet', name: 'db' });
    assert.equal(pod('StatefulSet', 'db', {}, false), undefined);
  });

  it('of an object: the Helm release that made it', () => {
    const managed = { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': 'shop' };
    assert.equal(releaseOf({ labels: managed }), 'shop');
    assert.equal(releaseOf({ labels: managed, annotations: { 'meta.helm.sh/release-name': 'other' } }), 'other');
    assert.equal(releaseOf({ labels: { ...managed, 'app.kubernetes.io/managed-by': 'argo' } }), undefined);
    assert.equal(releaseOf({ labels: {} }), undefined);
  });
});
