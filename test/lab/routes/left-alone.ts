import assert from 'node:assert/strict';
import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import type { Route, RouteProgress } from '../../../src/domain/remediation/route.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

/** Jarvis itself looks last when it dispatches: what comes after that is for the workflow to see. */
export function leftAlone(world: () => World, make: () => Route, remedy: RemediationId): void {
  const setup = writePath(world, make, remedy);
  beforeEach(() => setup().remedy.make());

  it('changes nothing of an object that somebody else has changed meanwhile', async () => {
    const { route, runs, remedy } = setup();
    const { request } = await runs.plan(remedy.request, signal);
    await remedy.interfere();
    const before = await remedy.content('object');
    const told: RouteProgress[] = [];
    const handle = await route.send(request, signal);
    const { outcome } = await route.follow(handle, (progress) => told.push(progress), signal);
    assert.equal(outcome, 'failure');
    const failed = told.at(-1)?.jobs[0]?.steps.find(({ status }) => status === 'failure');
    assert.equal(failed?.name, 'See that it is as it was planned for');
    assert.deepEqual(await remedy.content('object'), before);
  });
}
