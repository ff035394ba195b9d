import assert from 'node:assert/strict';
import { type Practice, practice, scaleInputs, workflowText } from '../../../support/github/practice.ts';

describe('Dispatching a workflow on the practice GitHub', () => {
  let github: Practice;
  afterEach(() => github.close());

  it('names the run when asked, and answers 204 when not', async () => {
    github = await practice();
    const told = await github.dispatch();
    assert.equal(told.status, 200);
    const run = await github.call('GET', `/repos/acme/ops/actions/runs/${String(told.data.at('workflow_run_id'))}`);
    assert.equal(run.data.at('display_title'), 'Scale front-end [jv-1]');
    assert.equal((await github.dispatch(scaleInputs(), {})).status, 204);
  });

  it('always names the run in API version 2026-03-10', async () => {
    github = await practice();
    const headers = { 'x-github-api-version': '2026-03-10' };
    const body = { ref: 'main', inputs: scaleInputs() };
    const path = '/repos/acme/ops/actions/workflows/scale.yml/dispatches';
    assert.equal((await github.call('POST', path, { body, headers })).status, 200);
  });

  it('knows neither the newer field nor the newer version as an older Enterprise Server', async () => {
    github = await practice({ generation: 'ghes-3.20' });
    assert.match(github.apiUrl, /\/api\/v3$/);
    const refused = await github.dispatch();
    assert.equal(refused.status, 400);
    assert.match(String(refused.data.at('message')), /"return_run_details" is not a permitted key/);
    assert.equal((await github.dispatch(scaleInputs(), {})).status, 204);
    const headers = { 'x-github-api-version': '2026-03-10' };
    assert.equal((await github.call('GET', '/user', { headers })).status, 400);
  });

  const typed = workflowText({
    inputs: `
      level: { type: choice, options: [low, high], default: low }
      count: { type: number }
      dry: { type: boolean }
      why: { type: string, required: true }`,
  });
  const refusals: readonly [string, Record<string, unknown>, string][] = [
    ['an unknown input', { why: 'x', color: 'red' }, 'Unexpected inputs provided: ["color"]'],
    ['a missing required input', {}, "Required input 'why' not provided"],
    [
      'a value outside of the choice',
      { why: 'x', level: 'mid' },
      "Provided value 'mid' for input 'level' not in the list of allowed values",
    ],
    ['a text for a number', { why: 'x', count: 'ten' }, "Provided value 'ten' for input 'count' is not a valid number"],
    [
      'a text for a boolean',
      { why: 'x', dry: 'maybe' },
      "Provided value 'maybe' for input 'dry' is not a valid boolean",
    ],
  ];
  for (const [what, inputs, message] of refusals)
    it(`refuses ${what} with 422`, async () => {
      github = await practice({ files: { 'scale.yml': typed } });
      const { status, data } = await github.dispatch(inputs);
      assert.deepEqual([status, data.at('message')], [422, message]);
    });

  it('refuses a ref that is not there, a disabled workflow, a missing trigger and a broken file', async () => {
    const files = { 'scale.yml': workflowText(), 'push.yml': 'on: push\njobs: { a: { steps: [] } }' };
    github = await practice({ files: { ...files, 'broken.yml': 'on: [workflow_dispatch' } });
    const path = '/repos/acme/ops/actions/workflows/scale.yml';
    const message = async (more: Record<string, unknown>, file?: string) =>
      String((await github.dispatch({}, more, file)).data.at('message'));
    assert.equal(await message({ ref: 'gone' }), 'No ref found for: gone');
    assert.equal(await message({}, 'push.yml'), "Workflow does not have 'workflow_dispatch' trigger");
    assert.match(await message({}, 'broken.yml'), /^failed to parse workflow/);
    assert.equal((await github.call('PUT', `${path}/disable`)).status, 204);
    assert.equal((await github.call('GET', path)).data.at('state'), 'disabled_manually');
    assert.equal(await message({}), "Cannot trigger a 'workflow_dispatch' on a disabled workflow");
  });

  it('answers 404 for a workflow that was removed and for a stranger, 403 for a reader', async () => {
    github = await practice();
    const post = (token: string) =>
      github.call('POST', '/repos/acme/ops/actions/workflows/scale.yml/dispatches', { token, body: { ref: 'main' } });
    assert.equal((await post('stranger')).status, 404);
    assert.equal((await post('reader')).status, 403);
    github.repository.change('.github/workflows/scale.yml', undefined);
    assert.equal((await github.dispatch()).status, 404);
  });
});
