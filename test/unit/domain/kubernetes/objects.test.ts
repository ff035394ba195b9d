import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diffObjects } from '../../../../src/domain/kubernetes/diff.ts';
import { fieldAt, joinPath, parsePath } from '../../../../src/domain/kubernetes/field-path.ts';
import { ownersOf } from '../../../../src/domain/kubernetes/owners.ts';
import { matches } from '../../../../src/domain/kubernetes/selector.ts';

describe('field paths', () => {
  it('reach into objects, lists and keys with dots', () => {
    const object = { metadata: { annotations: { 'a.b/c': 'x' } }, spec: { metrics: [{ type: 'Resource' }] } };
    assert.equal(fieldAt(object, 'metadata.annotations["a.b/c"]'), 'x');
    assert.equal(fieldAt(object, 'spec.metrics[0].type'), 'Resource');
    assert.equal(fieldAt(object, 'spec.metrics[7].type'), undefined);
    assert.equal(fieldAt(object, 'spec.metrics[0].type.length'), undefined);
  });

  it('lead to nothing that only JavaScript has', () => {
    for (const path of ['constructor', '__proto__', 'metadata.toString'])
      assert.equal(fieldAt({ metadata: {} }, path), undefined);
  });

  it('are read back as they were written, whatever the keys', () => {
    const steps = fc.array(fc.oneof(fc.string({ minLength: 1 }), fc.nat(1_000)), { minLength: 1 });
    fc.assert(
      fc.property(steps, (path) => {
        assert.deepEqual(parsePath(path.reduce<string>((so, step) => joinPath(so, step), '')), path);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('diffObjects', () => {
  it('names each field that differs, and leaves the server’s bookkeeping out', () => {
    const before = {
      metadata: { resourceVersion: '1', labels: { a: '1' } },
      spec: { maxReplicas: 4, list: [1, 2] },
      status: { n: 1 },
    };
    const after = {
      metadata: { resourceVersion: '2', labels: {} },
      spec: { maxReplicas: 10, list: [1, 3], more: true },
      status: { n: 2 },
    };
    assert.deepEqual(diffObjects(before, after), [
      { path: 'metadata.labels.a', before: '1' },
      { path: 'spec.list[1]', before: 2, after: 3 },
      { path: 'spec.maxReplicas', before: 4, after: 10 },
      { path: 'spec.more', after: true },
    ]);
  });

  it('leaves out what the server counts of a DaemonSet by itself', () => {
    const counted = (generation: string, team: string) => ({
      metadata: { annotations: { 'deprecated.daemonset.template.generation': generation, team } },
    });
    assert.deepEqual(diffObjects(counted('1', 'blue'), counted('2', 'green')), [
      { path: 'metadata.annotations.team', before: 'blue', after: 'green' },
    ]);
  });

  it('finds nothing between equals', () => assert.deepEqual(diffObjects({ a: { b: [] } }, { a: { b: [] } }), []));
});

describe('ownersOf', () => {
  const owned = (metadata: object) =>
    ownersOf({ metadata: structuredClone(metadata) as Record<string, string> }, ['spec.maxReplicas']);

  it('warns that Argo CD and Flux take a change back', () => {
    const [argo] = owned({
      annotations: { 'argocd.argoproj.io/tracking-id': 'shop:autoscaling/HorizontalPodAutoscaler:x/y' },
    });
    assert.deepEqual([argo?.kind, argo?.name, argo?.reverts], ['argocd', 'shop', true]);
    const [flux] = owned({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } });
    assert.deepEqual([flux?.kind, flux?.name, flux?.reverts], ['flux', 'apps', true]);
  });

  it('names the Helm release', () => {
    const [helm] = owned({ annotations: { 'meta.helm.sh/release-name': 'sock-shop' } });
    assert.deepEqual([helm?.kind, helm?.name, helm?.reverts], ['helm', 'sock-shop', false]);
  });

  it('names the manager of the field where no tool owns the object', () => {
    const entry = (manager: string, field: string) => ({ manager, fieldsV1: { 'f:spec': { [`f:${field}`]: {} } } });
    const owners = owned({
      managedFields: [
        entry('kubectl-patch', 'maxReplicas'),
        entry('other', 'minReplicas'),
        entry('jarvis', 'maxReplicas'),
        entry('jarvis-lambda', 'maxReplicas'),
      ],
    });
    assert.deepEqual(
      owners.map(({ name }) => name),
      ['kubectl-patch'],
    );
  });
});

describe('matches', () => {
  const labels = { app: 'shop', tier: 'front' };
  const expression = (key: string, operator: string, ...values: string[]) => ({
    matchLabels: {},
    matchExpressions: [{ key, operator, values }],
  });
  for (const [selector, expected] of [
    [{ matchLabels: { app: 'shop' }, matchExpressions: [] }, true],
    [{ matchLabels: { app: 'other' }, matchExpressions: [] }, false],
    [expression('tier', 'In', 'front', 'back'), true],
    [expression('tier', 'NotIn', 'front'), false],
    [expression('absent', 'NotIn', 'front'), true],
    [expression('app', 'Exists'), true],
    [expression('app', 'DoesNotExist'), false],
    [expression('app', 'Gt', '1'), false],
  ] as const) {
    it(`${JSON.stringify(selector)} → ${String(expected)}`, () => assert.equal(matches(selector, labels), expected));
  }
});
