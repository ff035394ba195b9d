import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { RouteHandle } from '../../../../src/domain/remediation/route.ts';
import { aRun } from '../../../support/run-world.ts';

describe('cancelling a run', () => {
  it('is asked of the route and ends as cancelled, with what had changed', async () => {
    const { run, route, clock, sees } = aRun();
    const ended = run.confirm();
    await clock.advance(0);
    await run.cancel();
    assert.equal(run.state.cancelling, true);
    sees('field', false, '4');
    await clock.advance(31_000);
    const state = await ended;
    assert.equal(state.phase, 'cancelled');
    assert.equal(state.cancelling, false);
    assert.deepEqual(route.cancelled, [route.handle]);
  });

  it('before the request has left keeps it from leaving', async () => {
    const { run, route } = aRun();
    const ended = run.confirm();
    await run.cancel();
    assert.equal((await ended).phase, 'cancelled');
    assert.equal(route.sent.length, 0);
  });

  it('while the request is on its way reaches the route once it has left', async () => {
    const { run, route, clock } = aRun();
    const left = Promise.withResolvers<RouteHandle>();
    route.send = () => left.promise;
    void run.confirm();
    await clock.advance(0);
    const asked = run.cancel();
    await clock.advance(0);
    assert.deepEqual(route.cancelled, []);
    left.resolve(route.handle);
    await asked;
    assert.deepEqual(route.cancelled, [route.handle]);
  });

  it('of what cannot be stopped says why, and follows it to its end', async () => {
    const { run, route, clock, succeeds } = aRun();
    const left = Promise.withResolvers<RouteHandle>();
    route.send = () => left.promise;
    const code = 'lambda.unstoppable';
    route.cancel = () => Promise.reject(new JarvisError({ code, message: 'It goes on to its end.' }));
    const ended = run.confirm();
    await clock.advance(0);
    const refused = assert.rejects(run.cancel(), { code });
    left.resolve(route.handle);
    await refused;
    assert.deepEqual([run.state.phase, run.state.cancelling], ['running', false]);
    await succeeds();
    assert.equal((await ended).phase, 'verified');
  });

  it('ends with a run that sends nothing', async () => {
    const { run, route } = aRun();
    route.sendFails = new Error('no');
    const ended = run.confirm();
    await run.cancel();
    await ended;
    assert.deepEqual(route.cancelled, []);
  });
});
