import assert from 'node:assert/strict';
import { isCancelled } from '../../../../src/core/errors.ts';
import type { RouteHandle, RouteProgress } from '../../../../src/domain/remediation/route.ts';
import { secondaryLimit } from '../../../../src/practice/github/faults.ts';
import type { GithubOptions } from '../../../../src/practice/github/server.ts';
import { until } from '../../../support/fast-clock.ts';
import { workflowText } from '../../../support/github/practice.ts';
import { intent, routeWorlds, signal, thrown } from '../../../support/github/route-world.ts';
import { fail, ScriptedRunner, succeed } from '../../../support/github/scripted-runner.ts';

describe('The GitHub route', () => {
  const world = routeWorlds();

  describe('send and follow', () => {
    const servers: readonly [string, Partial<GithubOptions>][] = [
      ['that names the run', {}],
      ['that knows no run details and lists late', { generation: 'ghes-3.20', listDelayMs: 4000 }],
    ];
    for (const [what, options] of servers)
      it(`each follows its own of two dispatches in the same second, on a server ${what}`, async () => {
        const runner = new ScriptedRunner((job) =>
          (job.order.event['inputs'] as Inputs).plan_id === 'jv-1' ? succeed(job) : fail(job),
        );
        const { route, send } = await world({ ...options, runner });
        const [first, second] = await Promise.all([send('jv-1'), send('jv-12')]);
        const results = await Promise.all([first, second].map((each) => route.follow(each, ignore, signal)));
        assert.deepEqual(
          results.map(({ outcome }) => outcome),
          ['success', 'failure'],
        );
      });

    it('never takes a run of another plan for its own', async () => {
      const { route, send, github } = await world({
        generation: 'ghes-3.20',
        files: { 'scale.yml': workflowText({ top: '' }) },
      });
      const error = await thrown(route.follow(await send(), ignore, signal));
      assert.equal(error.code, 'github.runNotFound');
      assert.ok(github.exchanges.some(({ path }) => path.endsWith('/runs')));
    });

    it('shows jobs and steps as they run', async () => {
      const runner = new ScriptedRunner();
      const { route, send } = await world({ runner });
      const begun = runner.next();
      const handle = await send();
      const job = await begun;
      job.tell({ kind: 'stepStarted', step: 0 });
      const told: RouteProgress[] = [];
      const result = route.follow(JSON.parse(JSON.stringify(handle)) as RouteHandle, (each) => told.push(each), signal);
      await until('the step is shown', () => told.at(-1)?.jobs[0]?.steps[1]?.status === 'running');
      assert.deepEqual([told.at(-1)?.status, told.at(-1)?.headline], ['running', 'Run #1 is running']);
      succeed(job);
      assert.deepEqual(await result, { outcome: 'success', summary: 'Run #1 succeeded', url: handle.url });
      assert.deepEqual(
        told.at(-1)?.jobs[0]?.steps.map(({ status }) => status),
        ['success', 'success', 'success'],
      );
    });

    it('asks again only for what changed', async () => {
      const runner = new ScriptedRunner();
      const { route, send, github } = await world({ runner });
      const result = route.follow(await send(), ignore, signal);
      const unchanged = () => github.exchanges.filter(({ status }) => status === 304).length;
      await until('answers repeat', () => unchanged() >= 4);
      runner.jobs[0]?.end('success');
      assert.equal((await result).outcome, 'success');
    });

    it("shows the failing step's last lines", async () => {
      const { route, send } = await world({ runner: new ScriptedRunner(fail) });
      const result = await route.follow(await send(), ignore, signal);
      assert.equal(result.outcome, 'failure');
      assert.deepEqual(result.logTail, ['Patch', 'no permission to patch', 'Process completed with exit code 1.']);
    });

    it('says that it waits for an approval, and goes on after it', async () => {
      const jobs = '  scale: { runs-on: ubuntu-latest, environment: production, steps: [{ run: a }] }';
      const files = { 'scale.yml': workflowText({ jobs }) };
      const { route, send, github } = await world({ files, protectedEnvironments: ['production'] });
      const told: RouteProgress[] = [];
      const handle = await send();
      const result = route.follow(handle, (each) => told.push(each), signal);
      await until('the wait is told', () => told.at(-1)?.status === 'waiting');
      assert.equal(told.at(-1)?.headline, 'Run #1 waits for an approval of environment production');
      const path = `/repos/acme/ops/actions/runs/${runId(handle)}/pending_deployments`;
      const [gate] = (await github.call('GET', path)).data.value as { environment: { id: number } }[];
      await github.call('POST', path, {
        body: { environment_ids: [gate?.environment.id], state: 'approved', comment: '' },
      });
      assert.equal((await result).outcome, 'success');
    });

    it('says that no runner takes the run, and stops watching when told', async () => {
      const { route, send, github } = await world();
      github.setRunnersOnline(false);
      const told: RouteProgress[] = [];
      const stop = new AbortController();
      const result = route.follow(await send(), (each) => told.push(each), stop.signal);
      await until('the long wait is told', () =>
        /no runner has taken it for \d+ min/.test(told.at(-1)?.headline ?? ''),
      );
      assert.equal(told.at(-1)?.status, 'queued');
      stop.abort();
      await assert.rejects(result, isCancelled);
      const asked = github.exchanges.length;
      await new Promise((resolve) => setImmediate(resolve));
      assert.equal(github.exchanges.length, asked);
    });

    it('is told of a cancel, its own and one elsewhere', async () => {
      const runner = new ScriptedRunner();
      const { route, send, github } = await world({ runner });
      const own = await send('jv-1');
      const other = await send('jv-2');
      await route.cancel(own, signal);
      await github.call('POST', `/repos/acme/ops/actions/runs/${runId(other)}/cancel`);
      for (const handle of [own, other])
        assert.equal((await route.follow(handle, ignore, signal)).outcome, 'cancelled');
      await route.cancel(own, signal); // has ended: nothing to do, nothing to complain about
    });

    it('waits out a rate limit, says until when, and asks nothing meanwhile', async () => {
      const runner = new ScriptedRunner();
      const { route, send, github, clock } = await world({ runner });
      const handle = await send();
      github.fail({ match: /runs/, answer: secondaryLimit(30, 429) });
      const told: RouteProgress[] = [];
      const result = route.follow(handle, (each) => told.push(each), signal);
      await until('the pause is told', () => told.at(-1)?.pausedUntil !== undefined);
      const { pausedUntil = 0 } = told.at(-1) ?? {};
      const asked = github.exchanges.length;
      runner.jobs[0]?.end('success');
      await until('the next request', () => github.exchanges.length > asked);
      assert.ok(clock.now() >= pausedUntil);
      assert.equal((await result).outcome, 'success');
    });

    it('goes on after a sign-in that had ended, since the workflow goes on, too', async () => {
      const { route, send, github } = await world();
      const handle = await send();
      github.fail({ match: /runs/, answer: { status: 401, message: 'Bad credentials' } });
      const told: RouteProgress[] = [];
      assert.equal((await route.follow(handle, (each) => told.push(each), signal)).outcome, 'success');
      assert.equal(told[0]?.trouble, 'github.unauthorized');
      assert.equal(told.at(-1)?.trouble, undefined);
    });

    it('goes on after an answer of 500 and a cut connection', async () => {
      const { route, send, github } = await world();
      const handle = await send();
      github.fail({ match: /runs/, answer: { status: 502 } });
      github.fail({ match: /runs/, answer: 'disconnect' });
      const told: RouteProgress[] = [];
      assert.equal((await route.follow(handle, (each) => told.push(each), signal)).outcome, 'success');
      assert.ok(told.some(({ headline }) => headline.endsWith('Trying again.')));
    });
  });

  describe('errors of send', () => {
    const answers: readonly [number, string][] = [
      [401, 'github.unauthorized'],
      [403, 'github.forbidden'],
      [404, 'github.notFound'],
      [422, 'github.validation'],
      [429, 'github.rateLimited'],
      [503, 'github.serverError'],
    ];
    for (const [status, code] of answers)
      it(`${status} is ${code}, and starts nothing`, async () => {
        const { route, github } = await world();
        const request = await route.prepare(intent(), signal);
        github.fail({ match: /dispatches/, answer: { status, message: 'No.' }, times: 2 });
        assert.equal((await thrown(route.send(request, signal))).code, code);
        assert.equal(await route.recover(request, signal), undefined);
      });

    it('tells how long a rate limit lasts, and sends nothing before', async () => {
      const { route, github } = await world();
      const request = await route.prepare(intent(), signal);
      github.exhaustRateLimit(120);
      const first = await thrown(route.send(request, signal));
      const asked = github.exchanges.length;
      const second = await thrown(route.send(request, signal));
      assert.deepEqual([first.code, second.code], ['github.rateLimited', 'github.rateLimited']);
      assert.ok((first.retryAfterSeconds ?? 0) > 60);
      assert.equal(github.exchanges.length, asked);
    });

    it('is offline where nobody listens', async () => {
      const { route, github } = await world();
      const request = await route.prepare(intent(), signal);
      github.fail({ match: /dispatches/, answer: 'disconnect' });
      assert.equal((await thrown(route.send(request, signal))).code, 'github.offline');
    });
  });

  describe('recover', () => {
    it('finds the run of a plan whose answer was lost', async () => {
      const { route, send } = await world();
      const handle = await send();
      const found = await route.recover(await route.prepare(intent(), signal), signal);
      assert.deepEqual([found?.payload['runId'], found?.url], [handle.payload['runId'], handle.url]);
    });

    it('finds the run of a dispatch that arrived though its answer did not', async () => {
      const { route, github } = await world({ listDelayMs: 4000 });
      const request = await route.prepare(intent(), signal);
      github.fail({ match: /dispatches/, answer: 'loseAnswer' });
      assert.equal((await thrown(route.send(request, signal))).code, 'github.offline');
      const handle = await route.recover(request, signal);
      assert.ok(handle);
      assert.equal((await route.follow(handle, ignore, signal)).outcome, 'success');
    });

    it('says so when nothing was sent', async () => {
      const { route, send } = await world();
      await send('jv-other');
      assert.equal(await route.recover(await route.prepare(intent(), signal), signal), undefined);
    });
  });
});

interface Inputs {
  readonly plan_id: string;
}

const ignore = () => undefined;

const runId = ({ payload }: RouteHandle) => Number(payload['runId']);
