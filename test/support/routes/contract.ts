import assert from 'node:assert/strict';
import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { fieldAt } from '../../../src/domain/kubernetes/field-path.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Plan } from '../../../src/domain/remediation/plan.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import type { Runs } from '../../../src/domain/remediation/runs.ts';
import { thrown } from '../github/route-world.ts';

const { signal } = new AbortController();

/** What a route under test is given: the product's write path over it, and HPAs that nobody else writes to. */
export interface RouteSetup {
  readonly client: KubernetesClient;
  readonly ref: ClusterRef;
  readonly route: Route;
  readonly runs: Runs;
  /** Makes the HPA front-end in sock-shop, 2..4, and its neighbour catalogue; those that are there go first. */
  makeHpas(): Promise<void>;
  /** What somebody else does to front-end. */
  setMaxReplicas(value: number): Promise<void>;
  annotate(name: string, value: string): Promise<void>;
  deleteHpa(): Promise<void>;
}

/** What every route promises, whatever it goes through: Scale HPA on a real cluster, from the plan to the receipt. */
export function routeContract(setup: () => RouteSetup): void {
  const pointer = (name = 'front-end') => ({
    cluster: setup().ref,
    kind: 'HorizontalPodAutoscaler' as const,
    namespace: 'sock-shop',
    name,
  });
  const read = (name?: string) => setup().client.read(pointer(name), signal);
  const maxReplicas = async () => fieldAt(await read(), 'spec.maxReplicas');
  const planTo = (to: number) =>
    setup().runs.plan({ remediation: 'scaleHpa', pointer: pointer(), inputs: { maxReplicas: to } }, signal);

  /** The plan was confirmed, but what it stood on is no more: it ends without having sent anything. */
  async function refuses({ id, request }: Plan, code: string) {
    const { phase, error, handle, times } = await setup().runs.confirm(id);
    assert.deepEqual([phase, error?.code], ['failed', code]);
    assert.equal(times.running, undefined, 'nothing was sent');
    assert.equal(handle, undefined);
    return request;
  }

  beforeEach(() => setup().makeHpas());

  it('changes exactly the planned field of exactly the planned object', async () => {
    const [before, neighbour] = [await read(), await read('catalogue')];
    const plan = await planTo(3);
    assert.deepEqual(plan.problems, []);
    assert.equal(plan.request.route, setup().route.id);
    assert.equal(await maxReplicas(), 4, 'a plan writes nothing');
    const { phase, result } = await setup().runs.confirm(plan.id);
    assert.deepEqual([phase, result?.outcome], ['verified', 'success']);
    const after = await read();
    assert.equal(fieldAt(after, 'metadata.uid'), plan.target.uid);
    assert.deepEqual(after['spec'], { ...specOf(before), maxReplicas: 3 });
    assert.deepEqual(specOf(await read('catalogue')), specOf(neighbour));
  });

  it('takes it back as a plan of its own', async () => {
    const { id } = await planTo(3);
    await setup().runs.confirm(id);
    const undo = await setup().runs.planUndo(id, signal);
    assert.deepEqual(undo.changes, [{ path: 'spec.maxReplicas', before: 3, after: 4 }]);
    void setup().runs.confirm(undo.id);
    await valueIs(4);
  });

  it('does not take back what somebody else has changed since', async () => {
    const { id } = await planTo(3);
    await setup().runs.confirm(id);
    await setup().setMaxReplicas(9);
    assert.equal((await thrown(setup().runs.planUndo(id, signal))).code, 'remediation.changedSince');
    assert.equal(await maxReplicas(), 9);
  });

  it('writes nothing where the value has changed since the plan', async () => {
    const plan = await planTo(3);
    await setup().setMaxReplicas(6);
    await refuses(plan, 'remediation.changedSince');
    assert.equal(await maxReplicas(), 6);
  });

  it('writes nothing to another object of the same name', async () => {
    const plan = await planTo(3);
    await setup().makeHpas();
    await refuses(plan, 'remediation.changedSince');
    assert.equal(await maxReplicas(), 4);
  });

  it('does not bring back an object that was deleted', async () => {
    const plan = await planTo(3);
    await setup().deleteHpa();
    await refuses(plan, 'remediation.changedSince');
    assert.equal((await thrown(read())).code, 'kube.notFound');
  });

  it('does not mind a change of what it does not change', async () => {
    const plan = await planTo(3);
    await setup().annotate('team', 'blue');
    assert.notEqual(fieldAt(await read(), 'metadata.resourceVersion'), plan.target.resourceVersion);
    assert.equal((await setup().runs.confirm(plan.id)).phase, 'verified');
  });

  it('finds what it has sent, and tells what it has not', async () => {
    const { request } = await planTo(3);
    const { route } = setup();
    assert.equal(await route.recover(request, signal), undefined);
    const sent = await route.send(request, signal);
    const found = (await route.recover(request, signal)) ?? assert.fail('it was sent');
    assert.equal(found.url, sent.url);
    assert.equal((await route.follow(found, () => undefined, signal)).outcome, 'success');
    assert.equal(await maxReplicas(), 3);
  });

  it('takes a cancel of what has ended for what it is', async () => {
    const { request } = await planTo(3);
    const { route } = setup();
    const handle = await route.send(request, signal);
    await route.follow(handle, () => undefined, signal);
    await route.cancel(handle, signal);
    assert.equal(await maxReplicas(), 3);
  });

  it('sends nothing of a plan that was cancelled while it was checked', async () => {
    const { id } = await planTo(3);
    const ended = setup().runs.confirm(id);
    await setup().runs.cancel(id);
    assert.equal((await ended).phase, 'cancelled');
    assert.equal(await maxReplicas(), 4);
  });

  async function valueIs(wanted: number) {
    while ((await maxReplicas()) !== wanted) await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function specOf(object: JsonObject): JsonObject {
  const spec = fieldAt(object, 'spec');
  assert(typeof spec === 'object' && spec !== null && !Array.isArray(spec));
  return spec as JsonObject;
}
