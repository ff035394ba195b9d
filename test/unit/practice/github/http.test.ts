import assert from 'node:assert/strict';
import { secondaryLimit } from '../../../../src/practice/github/faults.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { type Practice, practice, scaleInputs } from '../../../support/github/practice.ts';

describe('The practice GitHub over HTTP', () => {
  let github: Practice;
  afterEach(() => github.close());

  it('answers what a client reads about user, repository, branch and files', async () => {
    github = await practice();
    const repo = '/repos/acme/ops';
    const paths = ['', '/branches/main', '/git/ref/heads/main', '/commits/main', '/contents/.github/workflows'];
    for (const path of ['/user', '/rate_limit', ...paths.map((each) => repo + each), `${repo}/actions/workflows`])
      assert.equal((await github.call('GET', path)).status, 200, path);
    const file = await github.call('GET', `${repo}/contents/.github/workflows/scale.yml?ref=main`);
    assert.match(Buffer.from(String(file.data.at('content')), 'base64').toString(), /^name: Scale HPA/);
    for (const path of ['/branches/gone', '/contents/gone.txt', '/actions/runs/1', '/actions/jobs/1', '/nothing'])
      assert.equal((await github.call('GET', repo + path)).status, 404, path);
  });

  it('asks for a sign-in and refuses a wrong one', async () => {
    github = await practice();
    const messages = ['', 'wrong'].map(async (token) => {
      const { status, data } = await github.call('GET', '/user', { token });
      return [status, data.at('message')];
    });
    assert.deepEqual(await Promise.all(messages), [
      [401, 'Requires authentication'],
      [401, 'Bad credentials'],
    ]);
  });

  it('answers 304 to a known ETag without counting it', async () => {
    github = await practice();
    const first = await github.call('GET', '/repos/acme/ops');
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    const second = await github.call('GET', '/repos/acme/ops', { headers });
    assert.equal(second.status, 304);
    assert.equal(second.headers.get('x-ratelimit-used'), first.headers.get('x-ratelimit-used'));
    const other = await github.call('GET', '/user', { headers });
    assert.equal(other.status, 200);
    assert.equal(other.headers.get('x-ratelimit-used'), '2');
  });

  it('counts requests, refuses when none is left, and starts anew after the reset', async () => {
    const clock = new FakeClock();
    github = await practice({ clock, hourlyLimit: 2 });
    await github.call('GET', '/user');
    const last = await github.call('GET', '/user');
    assert.equal(last.headers.get('x-ratelimit-remaining'), '0');
    const refused = await github.call('GET', '/user');
    assert.equal(refused.status, 403);
    assert.match(String(refused.data.at('message')), /^API rate limit exceeded/);
    assert.equal(refused.headers.get('x-ratelimit-reset'), String(clock.now() / 1000 + 3600));
    await clock.advance(3_600_000);
    assert.equal((await github.call('GET', '/user')).status, 200);
  });

  it('goes wrong on purpose, as often as told', async () => {
    github = await practice();
    github.fail({ match: /^GET \/user/, answer: secondaryLimit(7, 429), times: 2 });
    github.fail({ match: /rate_limit/, answer: 'disconnect' });
    const user = () => github.call('GET', '/user');
    const limited = await user();
    assert.deepEqual([limited.status, limited.headers.get('retry-after')], [429, '7']);
    await assert.rejects(github.call('GET', '/rate_limit'));
    assert.equal((await user()).status, 429);
    assert.equal((await user()).status, 200);
  });

  for (const generation of ['github.com', 'ghes-3.20'] as const)
    it(`shows a run to a person, hostile titles as text, as ${generation}`, async () => {
      github = await practice({ generation });
      await github.dispatch({ ...scaleInputs(), hpa: '<img onerror=alert(1)>' }, {});
      const [run] = (await github.call('GET', '/repos/acme/ops/actions/runs')).data.list('workflow_runs');
      const page = await fetch(String(run?.at('html_url')));
      assert.deepEqual([page.status, page.headers.get('content-type')], [200, 'text/html; charset=utf-8']);
      assert.match(await page.text(), /<h1>Scale &lt;img onerror=alert\(1\)&gt; \[jv-1\] · #1 <small>in_progress/);
    });

  it("lets a log's address expire after a minute", async () => {
    const clock = new FakeClock();
    github = await practice({ clock });
    const id = String((await github.dispatch()).data.at('workflow_run_id'));
    await github.call('POST', `/repos/acme/ops/actions/runs/${id}/cancel`);
    const [job] = (await github.call('GET', `/repos/acme/ops/actions/runs/${id}/jobs`)).data.list('jobs');
    const logs = await github.call('GET', `/repos/acme/ops/actions/jobs/${String(job?.at('id'))}/logs`);
    const address = logs.headers.get('location') ?? '';
    assert.equal((await fetch(address)).status, 200);
    await clock.advance(61_000);
    assert.equal((await fetch(address)).status, 410);
  });
});
