import assert from 'node:assert/strict';
import { until } from '../../../support/fast-clock.ts';
import { type Json, type Practice, practice, scaleInputs, workflowText } from '../../../support/github/practice.ts';
import { fail, ScriptedRunner, succeed } from '../../../support/github/scripted-runner.ts';

const runs = '/repos/acme/ops/actions/runs';

describe('Runs on the practice GitHub', () => {
  let github: Practice;
  afterEach(() => github.close());

  const start = async (planId?: string) =>
    Number((await github.dispatch(scaleInputs(planId))).data.at('workflow_run_id'));
  const run = async (id: number) => (await github.call('GET', `${runs}/${id}`)).data;
  const jobs = async (id: number) => (await github.call('GET', `${runs}/${id}/jobs`)).data.list('jobs');
  const state = (json: Json | undefined) => [json?.at('status'), json?.at('conclusion')];

  it('shows steps while they run, and their log behind a redirect afterwards', async () => {
    const runner = new ScriptedRunner();
    const files = { 'scale.yml': workflowText({ jobs: twoSteps }) };
    github = await practice({ runner, files });
    const begun = runner.next();
    const id = await start();
    const job = await begun;
    job.tell({ kind: 'stepStarted', step: 0 });
    assert.deepEqual(state(await run(id)), ['in_progress', null]);
    const [live] = await jobs(id);
    const steps = live?.list('steps').map((step) => [step.at('name'), ...state(step)]);
    assert.deepEqual(steps, [
      ['Set up job', 'completed', 'success'],
      ['Patch', 'in_progress', null],
      ['Run echo after', 'queued', null],
      ['Complete job', 'queued', null],
    ]);
    const log = `/repos/acme/ops/actions/jobs/${String(live?.at('id'))}/logs`;
    assert.equal((await github.call('GET', log)).status, 404);
    fail(job);
    await until('the run has ended', async () => (await run(id)).at('status') === 'completed');
    const [ended] = await jobs(id);
    assert.deepEqual(
      ended?.list('steps').map((step) => step.at('conclusion')),
      ['success', 'failure', 'skipped', 'success'],
    );
    const redirect = await github.call('GET', log);
    assert.equal(redirect.status, 302);
    const text = await (await fetch(redirect.headers.get('location') ?? '')).text();
    assert.match(text, /^\d{4}-\d\d-\d\dT[\d:.]+Z no permission to patch$/m);
  });

  it('holds a job of a protected environment until it is approved', async () => {
    const files = { 'scale.yml': workflowText({ jobs: gated }) };
    github = await practice({ runner: new ScriptedRunner(succeed), files, protectedEnvironments: ['production'] });
    const id = await start();
    assert.deepEqual(state(await run(id)), ['waiting', null]);
    const path = `${runs}/${id}/pending_deployments`;
    const [gate] = (await github.call('GET', path)).data.value as { environment: { id: number } }[];
    const body = { environment_ids: [gate?.environment.id], state: 'approved', comment: 'go' };
    assert.equal((await github.call('POST', path, { body })).status, 200);
    await until('the run has ended', async () => (await run(id)).at('conclusion') === 'success');
    assert.equal((await github.call('POST', path, { body })).status, 422);
  });

  it('fails a rejected job and skips what needs it, unless that asks to run always', async () => {
    const files = { 'scale.yml': workflowText({ jobs: `${gated}\n${dependants}` }) };
    github = await practice({ runner: new ScriptedRunner(succeed), files, protectedEnvironments: ['production'] });
    const id = await start();
    const path = `${runs}/${id}/pending_deployments`;
    const [gate] = (await github.call('GET', path)).data.value as { environment: { id: number } }[];
    const body = { environment_ids: [gate?.environment.id], state: 'rejected', comment: 'no' };
    await github.call('POST', path, { body });
    await until('the run has ended', async () => (await run(id)).at('status') === 'completed');
    assert.deepEqual(
      (await jobs(id)).map((job) => job.at('conclusion')),
      ['failure', 'skipped', 'success'],
    );
    assert.equal((await run(id)).at('conclusion'), 'failure');
  });

  it('lets one run of a concurrency group go on at a time', async () => {
    const runner = new ScriptedRunner();
    const top = 'run-name: x\nconcurrency: "scale-${{ inputs.hpa }}"';
    github = await practice({ runner, files: { 'scale.yml': workflowText({ top }) } });
    const first = await start();
    const second = await start();
    const third = await start();
    // A newer one takes the place of the one that waits.
    assert.deepEqual(state(await run(second)), ['completed', 'cancelled']);
    assert.deepEqual(
      [state(await run(first)), state(await run(third))],
      [
        ['in_progress', null],
        ['pending', null],
      ],
    );
    runner.jobs[0]?.end('success');
    await until('the third has started', async () => (await run(third)).at('status') === 'in_progress');
  });

  it('cancels what runs, what waits, and refuses to cancel what has ended', async () => {
    github = await practice();
    const id = await start();
    assert.equal((await github.call('POST', `${runs}/${id}/cancel`)).status, 202);
    await until('the run has ended', async () => (await run(id)).at('conclusion') === 'cancelled');
    assert.equal((await github.call('POST', `${runs}/${id}/cancel`)).status, 409);
    github.setRunnersOnline(false);
    const queued = await start();
    assert.deepEqual(state(await run(queued)), ['queued', null]);
    assert.equal((await github.call('POST', `${runs}/${queued}/force-cancel`)).status, 202);
    assert.deepEqual(state(await run(queued)), ['completed', 'cancelled']);
  });

  it('lists by state, time and page, newest first', async () => {
    github = await practice({ runner: new ScriptedRunner(succeed) });
    for (const plan of ['jv-1', 'jv-2', 'jv-3']) await start(plan);
    const list = async (query: string) => (await github.call('GET', `${runs}?${query}`)).data;
    await until('all have ended', async () => (await list('status=completed')).at('total_count') === 3);
    const titles = (await list('')).list('workflow_runs').map((each) => each.at('display_title'));
    assert.deepEqual(titles, ['Scale front-end [jv-3]', 'Scale front-end [jv-2]', 'Scale front-end [jv-1]']);
    const counts = ['event=push', 'status=failure', 'actor=mina', 'created=<2020-01-01', 'created=>=2020-01-01'];
    const found = await Promise.all(counts.map(async (query) => (await list(query)).at('total_count')));
    assert.deepEqual(found, [0, 0, 3, 0, 3]);
    const paged = await github.call('GET', `${runs}?per_page=2&page=2`);
    assert.equal(paged.data.list('workflow_runs').length, 1);
    assert.match(paged.headers.get('link') ?? '', /page=1>; rel="prev"/);
  });
});

const twoSteps = `  scale:
    runs-on: ubuntu-latest
    steps: [{ name: Patch, run: a }, { run: "echo after\\necho more" }]`;
const gated = `  scale:
    runs-on: ubuntu-latest
    environment: production
    steps: [{ run: a }]`;
const dependants = `  report: { needs: scale, runs-on: ubuntu-latest, steps: [{ run: a }] }
  tidy: { needs: [scale], if: always(), runs-on: ubuntu-latest, steps: [{ run: a }] }`;
