import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import { handler } from '../rollback/index.mjs';

Object.assign(process.env, {
  AWS_REGION: 'ap-northeast-2',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'secret',
  GITHUB_API_URL: 'https://api.github.com',
  GITHUB_REPOSITORY: 'acme/ops',
  GITHUB_REF: 'main',
  GITHUB_TOKEN_SECRET: 'jarvis-github-token',
  WORKFLOWS: '{"rollback":"rollback.yml"}',
});
const target = { kind: 'Release', namespace: 'shop', name: 'web' };
const event = {
  version: 1,
  planId: 'jv-1',
  remediation: 'rollback',
  target,
  values: { release: 'web', revision: '1' },
  plannedFor: '2',
};

/** Secrets Manager has the token, GitHub these runs and this answer to a dispatch. */
function world({ runs = [], dispatch = { workflow_run_id: 7 }, secret = 200 } = {}) {
  const answer = (url) => {
    if (url.includes('secretsmanager')) return [{ SecretString: 'ghs_secret\n' }, secret];
    return url.endsWith('/dispatches') ? [dispatch, 200] : [{ workflow_runs: runs }, 200];
  };
  const asked = mock.method(globalThis, 'fetch', async (url) => {
    const [body, status] = answer(String(url));
    return new Response(JSON.stringify(body), { status });
  }).mock;
  return () => asked.calls.map(({ arguments: [url, init] }) => [String(url), init]);
}

describe('rollback', () => {
  afterEach(() => mock.restoreAll());

  it('starts the workflow with the values as inputs, by the token that Secrets Manager keeps', async () => {
    const calls = world();
    const { status, run } = await handler(event);
    assert.deepEqual([status, run], ['accepted', { repository: 'acme/ops', id: 7 }]);
    const [url, { headers, body }] = calls().at(-1);
    assert.equal(url, 'https://api.github.com/repos/acme/ops/actions/workflows/rollback.yml/dispatches');
    assert.equal(headers.authorization, 'Bearer ghs_secret');
    assert.deepEqual(JSON.parse(body).inputs, { ...event.values, planned_for: '2' });
  });

  it('starts a plan once, however often it comes', async () => {
    const calls = world({ runs: [{ id: 5, display_title: 'Roll back shop/web to revision 1 [jv-1]' }] });
    assert.equal((await handler(event)).run.id, 5);
    assert.ok(calls().every(([url]) => !url.endsWith('/dispatches')));
  });

  it('refuses a remedy that it has no workflow for, and says that it has no token', async () => {
    const calls = world({ secret: 400 });
    assert.match((await handler({ ...event, remediation: 'constructor' })).message, /no workflow is configured/);
    assert.equal(calls().length, 0);
    assert.match((await handler(event)).message, /does not give the token for GitHub \(400\)/);
  });
});
