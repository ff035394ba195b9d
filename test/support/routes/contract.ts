import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { fieldAt, parsePath } from '../../../src/domain/kubernetes/field-path.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import { markOf, markPath, unmarked } from '../../../src/domain/remediation/mark.ts';
import type { Change, Effect, Plan } from '../../../src/domain/remediation/plan.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import type { Runs } from '../../../src/domain/remediation/runs.ts';
import { eventually } from '../eventually.ts';
import { thrown } from '../github/route-world.ts';
import type { Remedy } from '../remedies/remedy.ts';
import { type Desk, elsewhere, touchedBeside } from '../wrong-target.ts';

const { signal } = new AbortController();

/** What is under test: the product's write path over one route, and a remedy whose objects nobody else writes to. */
export interface RouteSetup {
  readonly client: KubernetesClient;
  readonly route: Route;
  readonly runs: Runs;
  /** Another machine's: with a journal of its own. */
  readonly colleague: Runs;
  /** Those of another window, which knows what the journal tells. */
  another(): Promise<Runs>;
  readonly remedy: Remedy;
  /** Whose kubeconfig the client reads. */
  readonly desk: Desk;
}

/** What every route promises of every remedy, whatever it goes through: on a real cluster, from the plan to the receipt. */
export function routeContract(setup: () => RouteSetup): void {
  /** But for the mark, which is looked at by itself. */
  const content = async () => unmarked(await setup().remedy.content('object'));
  const plan = () => setup().runs.plan(setup().remedy.request, signal);
  const read = () => setup().client.read(setup().remedy.request.pointer, signal);

  /** The plan was confirmed, but what it stood on is no more: it ends without having sent anything. */
  async function refuses({ id }: Plan, code: string) {
    const { phase, error, handle, times } = await setup().runs.confirm(id);
    assert.deepEqual([phase, error?.code], ['failed', code]);
    assert.equal(times.running, undefined, 'nothing was sent');
    assert.equal(handle, undefined);
  }

  beforeEach(() => setup().remedy.make());

  it('changes exactly the planned field of exactly the planned object, whatever is current by then', async () => {
    const { client, colleague, remedy, route, runs, desk } = setup();
    const [before, neighbour] = [await content(), await remedy.content('neighbour')];
    const all = await desk.everything();
    const { id, problems, request, target, changes, inverse } = await plan();
    assert.deepEqual(problems, []);
    assert.equal(request.route, route.id);
    assert.deepEqual(await content(), before, 'a plan writes nothing');
    const { phase, result, error } = await desk.whileTurnedAway(async () => {
      await eventually(() => client.currentContext === elsewhere, Boolean);
      return runs.confirm(id);
    });
    assert.deepEqual([phase, result?.outcome, error], ['verified', 'success', undefined]);
    assert.equal(fieldAt(await read(), 'metadata.uid'), target.uid);
    assert.deepEqual(await content(), changed(before, changes));
    const mark = target.kind === 'Release' ? undefined : id;
    assert.deepEqual(
      [markOf(await read()), markIn(changes)],
      [mark, mark],
      'the object says which plan has changed it',
    );
    assert.deepEqual(await remedy.content('neighbour'), neighbour);
    const isToo = (name: string) => remedy.changesToo?.(name) ?? false;
    assert.deepEqual(touchedBeside(target, all, await desk.everything(), isToo), []);
    const inputs = 'inputs' in inverse ? inverse.inputs : {};
    const { effects } = await colleague.plan({ ...remedy.request, inputs }, signal);
    assert.equal(effects.some(isOfAnother(id)), mark !== undefined, 'another machine is told which plan it was');
  });

  it('takes it back as a plan of its own, once, though two windows do', async () => {
    const before = await content();
    const { id, changes } = await plan();
    await setup().runs.confirm(id);
    const windows = [setup().runs, await setup().another()] as const;
    const [undo, theirs] = await Promise.all([windows[0].planUndo(id, signal), windows[1].planUndo(id, signal)]);
    assert.ok(!undo.effects.some(isOfAnother(id)), 'one’s own is known');
    const back = unmarkedOf(changes).map(({ of, path, before: after, after: before }) => ({ of, path, before, after }));
    assert.deepEqual(
      unmarkedOf(undo.changes).map(({ of, path, before, after }) => ({ of, path, before, after })),
      back,
    );
    // nobody waits for the recovery of what was never ill: the one that ends first has done nothing
    const refused = await Promise.race([windows[0].confirm(undo.id), windows[1].confirm(theirs.id)]);
    assert.deepEqual([refused.error?.code, refused.times.running], ['remediation.undoneElsewhere', undefined]);
    await eventually(content, (now) => isDeepStrictEqual(now, before));
  });

  it('does not take back what somebody else has changed since', async () => {
    const { id } = await plan();
    await setup().runs.confirm(id);
    await setup().remedy.interfere();
    const theirs = await content();
    assert.equal((await thrown(setup().runs.planUndo(id, signal))).code, 'remediation.changedSince');
    assert.deepEqual(await content(), theirs);
  });

  it('writes nothing where the value has changed since the plan', async () => {
    const planned = await plan();
    await setup().remedy.interfere();
    const theirs = await content();
    await refuses(planned, 'remediation.changedSince');
    assert.deepEqual(await content(), theirs);
  });

  it('writes nothing to another object of the same name', async () => {
    const planned = await plan();
    await setup().remedy.make();
    const other = await content();
    await refuses(planned, 'remediation.changedSince');
    assert.deepEqual(await content(), other);
  });

  it('does not bring back an object that was deleted', async () => {
    const planned = await plan();
    await setup().remedy.remove();
    await refuses(planned, 'remediation.changedSince');
    assert.equal((await thrown(read())).code, 'kube.notFound');
  });

  it('does not mind a change of what it does not change', async () => {
    const { id, target } = await plan();
    await setup().remedy.touch();
    assert.notEqual(fieldAt(await read(), 'metadata.resourceVersion'), target.resourceVersion);
    assert.equal((await setup().runs.confirm(id)).phase, 'verified');
  });

  it('finds what it has sent, and tells what it has not', async () => {
    const before = await content();
    const { request, changes } = await plan();
    const { route } = setup();
    assert.equal(await route.recover(request, signal), undefined);
    const sent = await route.send(request, signal);
    const found = (await route.recover(request, signal)) ?? assert.fail('it was sent');
    assert.equal(found.url, sent.url);
    assert.equal((await route.follow(found, () => undefined, signal)).outcome, 'success');
    assert.deepEqual(await content(), changed(before, changes));
  });

  it('takes a cancel of what has ended for what it is', async () => {
    const before = await content();
    const { request, changes } = await plan();
    const { route } = setup();
    const handle = await route.send(request, signal);
    await route.follow(handle, () => undefined, signal);
    await route.cancel(handle, signal);
    assert.deepEqual(await content(), changed(before, changes));
  });

  it('sends nothing of a plan that was cancelled while it was checked', async () => {
    const before = await content();
    const { id } = await plan();
    const ended = setup().runs.confirm(id);
    await setup().runs.cancel(id);
    assert.equal((await ended).phase, 'cancelled');
    assert.deepEqual(await content(), before);
  });
}

function isOfAnother(planId: string) {
  return ({ severity, text }: Effect) =>
    severity === 'warning' && text.startsWith(`Plan ${planId} of a Jarvis on another machine changed this`);
}

/** The mark that the plan says it writes. */
function markIn(changes: readonly Change[]) {
  return changes.find(({ path }) => path === markPath)?.after;
}

function unmarkedOf(changes: readonly Change[]): readonly Change[] {
  return changes.filter(({ path }) => path !== markPath);
}

/** The content as the changes leave it, and nothing else of it. */
function changed(content: JsonObject, changes: readonly Change[]): JsonObject {
  const copy = structuredClone(content);
  for (const { of, path, after } of unmarkedOf(changes)) {
    const steps = parsePath(path);
    const last = steps.pop() ?? assert.fail('a change has a path');
    let at = (of === undefined ? copy : copy[of]) as Record<string, unknown>;
    for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>;
    if (after === undefined) Reflect.deleteProperty(at, last);
    else at[last] = after;
  }
  return copy;
}
