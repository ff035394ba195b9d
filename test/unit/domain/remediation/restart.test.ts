import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { failed, loading } from '../../../../src/core/loadable.ts';
import type { ObjectInspector } from '../../../../src/domain/kubernetes/inspector.ts';
import { restartedAt } from '../../../../src/domain/kubernetes/restarted-at.ts';
import type { JsonObject, JsonPatchOperation } from '../../../../src/domain/remediation/json.ts';
import { restart } from '../../../../src/domain/remediation/restart/restart.ts';
import type { PlanRequest } from '../../../../src/domain/remediation/runs.ts';
import type { TargetKind } from '../../../../src/domain/remediation/target-kinds.ts';
import {
  aConfiguration,
  aContainer,
  aPod,
  aPodDisruptionBudget,
  aReplicaSet,
  FakeCluster,
} from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/builders/remediation.ts';
import { FakeProber, FakeWaf } from '../../../support/builders/waf.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

const { signal } = new AbortController();
const noon = Date.parse('2026-11-21T12:00:00Z');
const minute = 60_000;
const uid = 'uid-deployment-front-end';
const probe = { name: 'front-end', readinessProbe: { httpGet: { port: 80 } } };

interface World {
  readonly kind: TargetKind;
  readonly spec: JsonObject;
  readonly annotations: JsonObject | undefined;
  readonly containers: readonly JsonObject[];
  readonly dryRun: ObjectInspector['dryRun'];
}

/** front-end with three pods that took 20 s to get ready at eleven, and the Secret `licence` that they read. */
function world(over: Partial<World> = {}) {
  const { kind = 'Deployment', annotations, containers = [probe], spec } = over;
  const raw = (given: JsonObject | undefined): JsonObject => ({
    kind,
    metadata: { name: 'front-end', namespace: 'sock-shop', uid, resourceVersion: '100' },
    spec: {
      replicas: 3,
      ...spec,
      template: { metadata: { ...(given && { annotations: given }) }, spec: { containers } },
    },
  });
  const cluster = new FakeCluster(prod);
  const { pods, replicasets, secrets, configmaps, poddisruptionbudgets } = cluster.stores;
  pods.has(...[0, 1, 2].map((index) => podOf(index, kind)));
  replicasets.has(aReplicaSet());
  secrets.has(aConfiguration({ name: 'licence', changedAt: noon - 2 * 60 * minute }));
  configmaps.has();
  poddisruptionbudgets.has();
  const clock = new FakeClock(noon);
  const inspector: ObjectInspector = {
    read: () => Promise.resolve(raw(annotations)),
    dryRun: over.dryRun ?? ((_, patch) => Promise.resolve(raw(applied(annotations, patch)))),
  };
  return {
    cluster,
    context: { planId: 'jv-restart', cluster, inspector, waf: new FakeWaf(), prober: new FakeProber(), clock },
  };
}

function podOf(index: number, kind: TargetKind) {
  const startedAt = noon - 60 * minute;
  const owner =
    kind === 'Deployment'
      ? { kind: 'ReplicaSet', name: 'front-end-6d5f8c7b9d', uid: 'uid-replicaset-front-end', controller: true }
      : { kind, name: 'front-end', uid, controller: true };
  return aPod({
    uid: `uid-pod-${index}`,
    name: `front-end-${index}`,
    owners: [owner],
    containers: [aContainer()],
    createdAt: startedAt - 1_000,
    startedAt,
    conditions: [{ type: 'Ready', status: 'True', reason: '', message: '', changedAt: startedAt + 19_000 }],
    uses: [{ kind: 'Secret', name: 'licence' }],
  });
}

/** As the API server leaves the annotations of the template. */
function applied(before: JsonObject | undefined, patch: readonly JsonPatchOperation[]): JsonObject | undefined {
  const write = patch.find(({ op }) => op !== 'test');
  if (write?.op === 'remove') return undefined;
  if (write?.op !== 'add') return before;
  return typeof write.value === 'string' ? { ...before, [restartedAt]: write.value } : (write.value as JsonObject);
}

function wish(kind: TargetKind = 'Deployment', inputs: JsonObject = {}): PlanRequest {
  const pointer = { cluster: prod, kind, namespace: 'sock-shop', name: 'front-end' } as const;
  return { remediation: 'restart', pointer, inputs };
}

const draftOf = (over: Partial<World> = {}, inputs: JsonObject = {}) =>
  restart.draft(wish(over.kind, inputs), world(over).context, signal);

async function warningsOf(over: Partial<World>): Promise<readonly string[]> {
  const { effects } = await draftOf(over);
  return effects.filter(({ severity }) => severity === 'warning').map(({ text }) => text);
}

async function effectsOf(over: Partial<World>): Promise<string> {
  return (await draftOf(over)).effects.map(({ text }) => text).join('\n');
}

const at = new Date(noon).toISOString();
const field = `spec.template.metadata.annotations["${restartedAt}"]`;
const mark = { path: 'metadata.annotations["jarvis.dev/plan"]', after: 'jv-restart' };
const pointer = '/spec/template/metadata/annotations/kubectl.kubernetes.io~1restartedAt';

describe('the draft of a restart', () => {
  it('pins the time, shows the server’s diff, and sends what restart.yml declares', async () => {
    const { changes, diffSource, values, inputs } = await draftOf({ annotations: { team: 'blue' } });
    assert.deepEqual(changes, [{ path: field, after: at }, mark]);
    assert.deepEqual(diffSource, { kind: 'server' });
    const place = { cluster: 'prod-seoul', namespace: 'sock-shop', kind: 'Deployment', name: 'front-end' };
    assert.deepEqual(values, { ...place, restarted_at: at });
    assert.deepEqual(inputs, {}, 'made again, it takes the time of then');
  });

  it('guards its patch by UID and by when it was restarted last', async () => {
    const uidTest = { op: 'test', path: '/metadata/uid', value: uid };
    const patches: [JsonObject | undefined, readonly object[]][] = [
      [
        undefined,
        [
          { op: 'test', path: '/spec/template/metadata/annotations', value: null },
          { op: 'add', path: '/spec/template/metadata/annotations', value: { [restartedAt]: at } },
        ],
      ],
      [
        { team: 'blue' },
        [
          { op: 'test', path: pointer, value: null },
          { op: 'add', path: pointer, value: at },
        ],
      ],
      [
        { [restartedAt]: '2026-11-01T00:00:00Z' },
        [
          { op: 'test', path: pointer, value: '2026-11-01T00:00:00Z' },
          { op: 'add', path: pointer, value: at },
        ],
      ],
    ];
    for (const [annotations, rest] of patches) {
      const { operation } = await draftOf({ annotations });
      assert.deepEqual(operation, { kind: 'patch', patch: [uidTest, ...rest] });
    }
  });

  it('is taken back by the former time, or none', async () => {
    const { inverse } = await draftOf({ annotations: { [restartedAt]: '2026-11-01T00:00:00Z' } });
    assert.ok(!('impossible' in inverse));
    assert.deepEqual(inverse.inputs, { restartedAt: '2026-11-01T00:00:00Z' });
    assert.deepEqual(inverse.requires, [{ path: field, before: '2026-11-01T00:00:00Z', after: at }]);
    const undo = await draftOf({ annotations: { [restartedAt]: at } }, { restartedAt: null });
    assert.ok(undo.operation.kind === 'patch');
    assert.deepEqual(undo.operation.patch.at(-1), { op: 'remove', path: pointer });
    assert.equal(undo.values['restarted_at'], '');
    assert.deepEqual(undo.expectations[0]?.check, { kind: 'field', path: field });
  });

  it('says why it cannot be taken back where no earlier pods or revisions are left', async () => {
    const reasonOf = async (over: Partial<World>) => {
      const { inverse } = await draftOf(over);
      return 'impossible' in inverse ? inverse.impossible : assert.fail(inverse.summary);
    };
    assert.match(await reasonOf({ spec: { strategy: { type: 'Recreate' } } }), /Recreate/);
    assert.match(await reasonOf({ spec: { revisionHistoryLimit: 0 } }), /no earlier ReplicaSet/);
    assert.match(await reasonOf({ annotations: { [restartedAt]: '$(reboot)' } }), /is not a time/);
  });

  it('refuses what would restart nothing, with the reason', async () => {
    await assert.rejects(draftOf({ spec: { paused: true } }), {
      code: 'remediation.paused',
      message: /rollout resume/,
    });
    const spec = { updateStrategy: { type: 'OnDelete' } };
    await assert.rejects(draftOf({ kind: 'StatefulSet', spec }), { code: 'remediation.onDelete' });
  });

  it('refuses a time that is none', async () => {
    for (const restartedAt of ['now', 5, '"; reboot', {}, '2026-11-21'])
      await assert.rejects(draftOf({}, { restartedAt }), { code: 'remediation.badInput' });
  });

  it('says why a restart helps, and looks whether the reason is gone', async () => {
    const { cluster, context } = world();
    cluster.stores.secrets.has(aConfiguration({ name: 'licence', changedAt: noon - 10 * minute }));
    const { reasons, expectations } = await restart.draft(wish(), context, signal);
    assert.deepEqual(reasons, [
      '3 of 3 pods are older than the Secret licence that they read: it was written 2026-11-21 11:50:00 UTC.',
    ]);
    assert.deepEqual(expectations.at(-1)?.check, {
      kind: 'evidenceGone',
      sources: [{ kind: 'Secret', name: 'licence', changedAt: noon - 10 * minute }],
      containers: [],
    });
  });

  it('says so where nothing speaks for it, or where that is not known', async () => {
    assert.match(await effectsOf({}), /No sign was found that a restart helps/);
    const { cluster, context } = world();
    cluster.stores.secrets.becomes(failed(loading, forbidden, 0));
    const { effects, reasons, expectations } = await restart.draft(wish(), context, signal);
    const text = effects.map((effect) => effect.text).join('\n');
    assert.match(text, /older than the Secret licence is unknown: mina may not/);
    assert.doesNotMatch(text, /No sign was found/);
    assert.deepEqual(reasons, []);
    assert.deepEqual(
      expectations.map(({ id }) => id),
      ['field', 'rolledOut'],
    );
  });

  it('warns of what keeps new pods from starting', async () => {
    const { cluster, context } = world();
    cluster.stores.secrets.has();
    const { effects } = await restart.draft(wish(), context, signal);
    assert.ok(effects.some(({ text, severity }) => severity === 'warning' && text.includes('licence is not there')));
  });

  it('warns where traffic stops', async () => {
    const cases: Partial<World>[] = [
      { spec: { strategy: { type: 'Recreate' } } },
      { spec: { replicas: 1 }, containers: [{ name: 'front-end' }] },
      { spec: { replicas: 1, strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } } },
      { kind: 'StatefulSet', spec: { replicas: 1 } },
      { spec: { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '100%' } } } },
    ];
    for (const one of cases) assert.match((await warningsOf(one)).join(), /Traffic will stop/, JSON.stringify(one));
    assert.deepEqual(await warningsOf({}), []);
    assert.match((await warningsOf({ containers: [{ name: 'front-end' }] })).join(), /no readiness probe/);
  });

  it('tells of budgets that choose its pods, and of those that may not be seen', async () => {
    const { cluster, context } = world();
    const selector = { matchLabels: { name: 'front-end' }, matchExpressions: [] };
    const other = { matchLabels: { name: 'carts' }, matchExpressions: [] };
    const budgets = cluster.stores.poddisruptionbudgets;
    budgets.has(
      aPodDisruptionBudget({ selector }),
      aPodDisruptionBudget({ uid: 'other', name: 'of-carts', selector: other }),
    );
    const texts = async () => (await restart.draft(wish(), context, signal)).effects.map(({ text }) => text).join('\n');
    assert.match(await texts(), /PodDisruptionBudget front-end allows 1 disruptions/);
    assert.doesNotMatch(await texts(), /of-carts/);
    budgets.becomes(failed(loading, forbidden, 0));
    assert.match(await texts(), /PodDisruptionBudget guards its pods is not known/);
  });

  it('foretells which pods, in what order, and how long by their own times', async () => {
    assert.match(await effectsOf({}), /1 at a time, .*front-end-0, front-end-1, front-end-2\n.*about 60 s/);
    assert.match(
      await effectsOf({ kind: 'StatefulSet', spec: { minReadySeconds: 10 } }),
      /highest number down, 1 at a time: front-end-2, front-end-1, front-end-0\n.*about 90 s/,
    );
    const partition = { updateStrategy: { rollingUpdate: { partition: 2 } } };
    const kept = await effectsOf({ kind: 'StatefulSet', spec: partition });
    assert.match(kept, /partition 2 .* 1 of 3 are restarted.*\n.*: front-end-2\n.*about 20 s/);
    const wide = { strategy: { rollingUpdate: { maxSurge: '50%', maxUnavailable: '34%' } } };
    assert.match(await effectsOf({ spec: wide }), /3 at a time/);
    const least = { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: '10%' } } };
    assert.match(await effectsOf({ spec: least }), /Up to 1 of 3 pods are missing at a time/);
  });

  it('says what it does not know of the pods', async () => {
    const { cluster, context } = world();
    cluster.stores.pods.becomes(failed(loading, forbidden, 0));
    const { effects } = await restart.draft(wish(), context, signal);
    assert.ok(effects.some(({ text }) => text.includes('Which pods are restarted is not known')));
    assert.ok(!effects.some(({ text }) => text.includes('No sign was found')));
  });

  it('lets every watch go', async () => {
    const { cluster, context } = world();
    await restart.draft(wish(), context, signal);
    assert.equal(cluster.leases, 0);
  });
});

const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'mina may not list them' });
