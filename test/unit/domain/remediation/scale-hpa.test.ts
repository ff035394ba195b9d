import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { failed, loading } from '../../../../src/core/loadable.ts';
import type { ObjectInspector } from '../../../../src/domain/kubernetes/inspector.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { scaleHpa } from '../../../../src/domain/remediation/scale-hpa/scale-hpa.ts';
import type { PlanRequest } from '../../../../src/domain/remediation/runs.ts';
import { aDeployment, aNode, anHpa, aPod, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { aTarget, prod } from '../../../support/builders/remediation.ts';
import { FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const { signal } = new AbortController();
const planId = 'jv-scale';
const mark = { path: 'metadata.annotations["jarvis.dev/plan"]', after: planId };
const pointer = { cluster: prod, kind: 'HorizontalPodAutoscaler', namespace: 'sock-shop', name: 'front-end' } as const;

/** The HPA as its API server has it. */
function raw(maxReplicas: number, metadata: JsonObject = {}): JsonObject {
  const names = { name: 'front-end', namespace: 'sock-shop', uid: 'uid-front-end', resourceVersion: '100' };
  return {
    kind: 'HorizontalPodAutoscaler',
    metadata: { ...names, ...metadata },
    spec: { minReplicas: 2, maxReplicas },
  };
}

function world(over: { metadata?: JsonObject; dryRun?: ObjectInspector['dryRun'] } = {}) {
  const cluster = new FakeCluster(prod);
  cluster.stores.horizontalpodautoscalers.has(anHpa());
  cluster.stores.deployments.has(aDeployment());
  cluster.stores.nodes.has(aNode());
  cluster.stores.pods.has(aPod());
  const inspector: ObjectInspector = {
    read: () => Promise.resolve(raw(4, over.metadata)),
    dryRun:
      over.dryRun ??
      ((_target, patch) =>
        Promise.resolve(raw(Number(patch.find(({ op }) => op === 'replace')?.['value' as never]), over.metadata))),
  };
  return {
    cluster,
    context: { planId, cluster, inspector, waf: new FakeWaf(), prober: new FakeProber(), clock: new FakeClock() },
  };
}

function wish(maxReplicas: number, over: Partial<PlanRequest> = {}): PlanRequest {
  return { remediation: 'scaleHpa', pointer, inputs: { maxReplicas }, ...over };
}

const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'mina cannot patch' });

describe('the draft of Scale HPA', () => {
  it('pins the object, shows the server’s diff, and sends what scale.yml declares', async () => {
    const draft = await scaleHpa.draft(wish(10), world().context, signal);
    assert.deepEqual(draft.target, aTarget());
    assert.deepEqual(draft.changes, [{ path: 'spec.maxReplicas', before: 4, after: 10 }, mark]);
    assert.deepEqual(draft.diffSource, { kind: 'server' });
    assert.deepEqual(draft.values, {
      cluster: 'prod-seoul',
      namespace: 'sock-shop',
      hpa: 'front-end',
      max_replicas: '10',
    });
  });

  it('guards its patch by UID and old value', async () => {
    const { operation } = await scaleHpa.draft(wish(10), world().context, signal);
    assert.ok(operation.kind === 'patch');
    assert.deepEqual(operation.patch, [
      { op: 'test', path: '/metadata/uid', value: 'uid-front-end' },
      { op: 'test', path: '/spec/maxReplicas', value: 4 },
      { op: 'replace', path: '/spec/maxReplicas', value: 10 },
    ]);
  });

  it('carries its exact inverse', async () => {
    const { inverse } = await scaleHpa.draft(wish(10), world().context, signal);
    assert.ok(!('impossible' in inverse));
    assert.deepEqual(inverse.inputs, { maxReplicas: 4 });
    assert.deepEqual(inverse.requires, [{ path: 'spec.maxReplicas', before: 4, after: 10 }]);
  });

  it('foretells replicas and room, and that the new maximum may still be too low', async () => {
    const { effects } = await scaleHpa.draft(wish(10), world().context, signal);
    const texts = effects.map(({ text }) => text);
    assert.match(texts[0] ?? '', /wants 16 replicas; 4 run now, 10 will/);
    assert.match(texts[1] ?? '', /16 replicas would be needed/);
    assert.match(texts[2] ?? '', /room for the 6 more pods/);
  });

  it('foretells pods that would stay Pending', async () => {
    const { cluster, context } = world();
    cluster.stores.nodes.has(aNode({ allocatable: { cpu: 400, memory: 2 ** 34, pods: 110 } }));
    const { effects } = await scaleHpa.draft(wish(10), context, signal);
    assert.ok(
      effects.some(
        ({ text, severity }) =>
          severity === 'warning' && text.includes('room for 2 of 6 more pods: 4 would stay Pending'),
      ),
    );
  });

  it('says so where this user may not see the nodes, and plans all the same', async () => {
    const { cluster, context } = world();
    cluster.stores.nodes.becomes(failed(loading, forbidden, 0));
    const { effects } = await scaleHpa.draft(wish(10), context, signal);
    assert.ok(effects.some(({ text }) => text.includes('not known: you may not list nodes and pods')));
  });

  it('computes the diff where this user may not dry-run, and says why', async () => {
    const { context } = world({ dryRun: () => Promise.reject(forbidden) });
    const { changes, diffSource } = await scaleHpa.draft(wish(10), context, signal);
    assert.deepEqual(changes, [{ path: 'spec.maxReplicas', before: 4, after: 10 }, mark]);
    assert.deepEqual(diffSource, { kind: 'computed', reason: 'mina cannot patch' });
  });

  it('makes no plan that the server’s validation refuses', async () => {
    const invalid = new JarvisError({ code: 'kube.invalid', message: 'spec.maxReplicas: Invalid value' });
    const { context } = world({ dryRun: () => Promise.reject(invalid) });
    await assert.rejects(scaleHpa.draft(wish(10), context, signal), { code: 'kube.invalid' });
  });

  it('names who would revert it', async () => {
    const annotations = {
      'argocd.argoproj.io/tracking-id': 'shop:autoscaling/HorizontalPodAutoscaler:sock-shop/front-end',
    };
    const { owners } = await scaleHpa.draft(wish(10), world({ metadata: { annotations } }).context, signal);
    assert.deepEqual(
      owners.map(({ name, reverts }) => [name, reverts]),
      [['shop', true]],
    );
  });

  it('expects the change, the replicas, the metric and the alarm when it raises', async () => {
    const alarm = { arn: 'arn', scope: 'prod', name: 'front-end-cpu' };
    const { expectations } = await scaleHpa.draft(wish(10, { alarm }), world().context, signal);
    assert.deepEqual(
      expectations.map(({ id, role }) => `${role} ${id}`),
      ['change field', 'recovery replicas', 'recovery utilization', 'recovery alarm'],
    );
  });

  it('foretells and expects of a StatefulSet what it does of a Deployment, and of other kinds what can be seen', async () => {
    const { cluster, context } = world();
    const scales = (kind: string) =>
      cluster.stores.horizontalpodautoscalers.has(anHpa({ target: { kind, name: 'front-end' } }));
    scales('StatefulSet');
    cluster.stores.deployments.has();
    cluster.stores.statefulsets.has(aDeployment());
    const { effects, expectations } = await scaleHpa.draft(wish(10), context, signal);
    assert.ok(effects.some(({ text }) => text.includes('room for the 6 more pods')));
    const check = expectations.find(({ id }) => id === 'replicas')?.check;
    assert.deepEqual(check, { kind: 'replicasReady', of: 'StatefulSet', atLeast: 10 });
    scales('Rollout');
    const other = await scaleHpa.draft(wish(10), context, signal);
    assert.deepEqual(
      other.expectations.map(({ id }) => id),
      ['field', 'utilization'],
    );
  });

  it('does not take trouble for a missing right', async () => {
    const { cluster, context } = world();
    const away = new JarvisError({ code: 'kube.unreachable', message: 'the server is away' });
    cluster.stores.nodes.becomes(failed(loading, away, 0));
    await assert.rejects(scaleHpa.draft(wish(10), context, signal), { code: 'kube.unreachable' });
  });

  it('expects nothing but the change when it lowers', async () => {
    const { expectations } = await scaleHpa.draft(wish(3), world().context, signal);
    assert.deepEqual(
      expectations.map(({ id }) => id),
      ['field'],
    );
  });

  it('refuses a bad input and an HPA that is not there', async () => {
    await assert.rejects(scaleHpa.draft(wish(1), world().context, signal), { code: 'remediation.badInput' });
    const { cluster, context } = world();
    cluster.stores.horizontalpodautoscalers.has();
    await assert.rejects(scaleHpa.draft(wish(10), context, signal), { code: 'kube.notFound' });
  });

  it('lets every watch go', async () => {
    const { cluster, context } = world();
    await scaleHpa.draft(wish(10), context, signal);
    assert.equal(cluster.leases, 0);
  });
});
