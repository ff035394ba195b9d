import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { toJarvisError } from '../../../src/core/errors.ts';
import type { Target } from '../../../src/domain/remediation/target.ts';
import type { Intent, Route } from '../../../src/domain/remediation/route.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { elsewhere } from '../../support/wrong-target.ts';
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

  /** How it ends when a plan, or one for something else, is sent to the function; whatever that is, nothing has changed. */
  async function end(name: string, over: Partial<Target> = {}) {
    const { id: planId, target } = await setup().runs.plan(scaleTo(world(), 3), signal);
    const route = by(name);
    const intent: Intent = {
      planId,
      remediation: 'scaleHpa',
      target: { ...target, ...over },
      values: { max_replicas: '3' },
      plannedFor: `${target.uid} 4`,
      operation: { kind: 'patch', patch: [] },
    };
    const request = await route.prepare(intent, signal);
    const [problem] = await route.check(request, signal);
    if (problem) return problem;
    const follow = async () => route.follow(await route.send(request, signal), () => undefined, signal);
    const ended = await follow().catch(toJarvisError);
    assert.equal(await maxReplicas(world()), 4);
    return ended;
  }

  it('are told apart, and none of them has changed anything', async () => {
    const names = ['throws', 'slow', 'garbage', 'huge', 'full', 'nobody'];
    assert.deepEqual(Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await end(name)).code]))), {
      throws: 'lambda.functionError',
      slow: 'lambda.timedOut',
      garbage: 'lambda.badAnswer',
      huge: 'lambda.badAnswer',
      full: 'lambda.throttled',
      nobody: 'lambda.missing',
    });
  });

  it('are no reason for those in order to go beyond the object, the namespace and the cluster that they are for', async () => {
    const { ref } = world();
    const beyond: readonly (readonly [Partial<Target>, RegExp])[] = [
      [{ uid: 'another' }, /front-end is not as it was planned for/],
      [{ namespace: elsewhere }, /the function may not do this: .*cannot patch/],
      [{ cluster: { ...ref, cluster: 'prod-tokyo' } }, /is for the cluster prod-seoul, not for prod-tokyo/],
      [
        { cluster: { ...ref, server: 'https://127.0.0.1:1' } },
        /the plan is for https:\/\/127.0.0.1:1, and the cluster/,
      ],
    ];
    for (const [over, why] of beyond) {
      const ended = await end('jarvis-scale', over);
      assert.equal(ended.code, 'lambda.failed');
      assert.match('summary' in ended ? ended.summary : '', why);
    }
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
