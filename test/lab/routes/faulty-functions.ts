import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toJarvisError } from '../../../src/core/errors.ts';
import type { Intent, Route } from '../../../src/domain/remediation/route.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { deployFunctions, reserveNothing } from '../aws/functions.ts';
import { maxReplicas, scaleTo } from './suite.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

export function faultyFunctions(world: () => World, by: (name: string) => Route): void {
  const setup = writePath(world, () => by('jarvis-scale'));
  beforeEach(() => setup().remedy.make());
  before(async () => {
    const { lab } = world();
    const folder = join(lab.folder, 'faulty');
    await mkdir(folder);
    const endpoint = lab.description.aws?.endpoints.lambda ?? assert.fail('the lab has AWS');
    const faults = ['throws', 'slow', 'garbage', 'huge', 'idle'];
    const functions = faults.map((name) => ({ name, handler: `faulty/index.${name}`, timeoutSeconds: 1 }));
    await deployFunctions([...functions, { name: 'full', handler: 'faulty/index.idle' }], { endpoint, folder });
    await reserveNothing(endpoint, 'full');
  });

  /** What is said of the function when a plan is sent to it; whatever that is, nothing has changed. */
  async function said(name: string, uid?: string): Promise<string | undefined> {
    const { id: planId, target } = await setup().runs.plan(scaleTo(world(), 3), signal);
    const route = by(name);
    const intent: Intent = {
      planId,
      remediation: 'scaleHpa',
      target: { ...target, uid: uid ?? target.uid },
      values: { max_replicas: '3' },
      operation: { kind: 'patch', patch: [] },
    };
    const request = await route.prepare(intent, signal);
    const [problem] = await route.check(request, signal);
    if (problem) return problem.code;
    const follow = async () => route.follow(await route.send(request, signal), () => undefined, signal);
    const end = await follow().catch(toJarvisError);
    assert.equal(await maxReplicas(world()), 4);
    return end.code ?? ('outcome' in end ? end.outcome : undefined);
  }

  it('are told apart, and none of them has changed anything', async () => {
    const names = ['throws', 'slow', 'garbage', 'huge', 'full', 'nobody'];
    assert.deepEqual(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await said(name)]))), {
      throws: 'lambda.functionError',
      slow: 'lambda.timedOut',
      garbage: 'lambda.badAnswer',
      huge: 'lambda.badAnswer',
      full: 'lambda.throttled',
      nobody: 'lambda.missing',
    });
    // the function's own guard: another object of that name is not touched
    assert.equal(await said('jarvis-scale', 'another'), 'lambda.failed');
  });

  describe('one that takes a plan on and does nothing', () => {
    // what does not come is waited for, half a minute by this clock
    const idle = writePath(world, () => by('idle'), 'scaleHpa', fastClock(10));
    beforeEach(() => idle().remedy.make());

    it('is believed, and found out by what is seen on the cluster', async () => {
      const { id } = await idle().runs.plan(scaleTo(world(), 3), signal);
      const { phase, result } = await idle().runs.confirm(id);
      assert.deepEqual([phase, result?.outcome], ['notChanged', 'success']);
      assert.equal(await maxReplicas(world()), 4);
    });
  });
}
