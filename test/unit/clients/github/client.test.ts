import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GithubClient } from '../../../../src/clients/github/client.ts';
import { systemClock } from '../../../../src/core/clock.ts';
import type { FaultAnswer } from '../../../../src/practice/github/faults.ts';
import { type Practice, practice } from '../../../support/github/practice.ts';
import { signal, thrown } from '../../../support/github/route-world.ts';

describe('The GitHub client', () => {
  let github: Practice;
  let token: string;
  let client: GithubClient;

  beforeEach(async () => {
    github = await practice();
    token = 'writer';
    const { apiUrl } = github;
    const repository = { owner: 'acme', repo: 'ops' };
    client = new GithubClient({ apiUrl, repository, token: () => Promise.resolve(token), clock: systemClock });
  });
  afterEach(() => github.close());

  const failing = async (answer: FaultAnswer) => {
    github.fail({ answer });
    return thrown(client.access(signal));
  };

  it('leads to the page where an organisation lets a token in', async () => {
    const url = 'https://github.com/orgs/acme/sso?authorization_request=1';
    const headers = { 'x-github-sso': `required; url=${url}` };
    const error = await failing({ status: 403, message: 'Resource protected by SSO', headers });
    assert.deepEqual([error.code, error.remedies], ['github.forbidden', [{ kind: 'openUrl', url }]]);
  });

  it("passes GitHub's own sentence on", async () => {
    const error = await failing({ status: 422, message: 'Unexpected inputs provided: ["x"]' });
    assert.equal(error.message, 'GitHub refused: Unexpected inputs provided: ["x"]');
  });

  const limits: readonly [string, FaultAnswer, number][] = [
    ['retry-after', { status: 403, headers: { 'retry-after': '17' } }, 17],
    ['a bare 429', { status: 429 }, 60],
    [
      'a retry-after that does not end, but not for ever',
      { status: 429, headers: { 'retry-after': '1'.repeat(400) } },
      3600,
    ],
  ];
  for (const [what, answer, seconds] of limits)
    it(`takes the wait from ${what}`, async () => {
      const error = await failing(answer);
      assert.deepEqual([error.code, error.retryAfterSeconds], ['github.rateLimited', seconds]);
    });

  it('waits until the reset when nothing remains', async () => {
    github.exhaustRateLimit(90);
    const { code, retryAfterSeconds = 0 } = await thrown(client.access(signal));
    assert.equal(code, 'github.rateLimited');
    assert.ok(retryAfterSeconds > 80 && retryAfterSeconds <= 91, String(retryAfterSeconds));
  });

  it('shows the answers of one sign-in to no other', async () => {
    assert.equal((await client.access(signal)).canWrite, true);
    await client.access(signal);
    assert.deepEqual(
      github.exchanges.map(({ status }) => status),
      [200, 304],
    );
    token = 'reader';
    assert.equal((await client.access(signal)).canWrite, false);
    assert.equal(github.exchanges.at(-1)?.status, 200);
  });

  it('is cancelled, not failed, when the signal fires', async () => {
    const stop = new AbortController();
    const asked = client.access(stop.signal);
    stop.abort();
    await assert.rejects(asked, { name: 'CancelledError' });
  });

  const at = (apiUrl: string) => {
    const repository = { owner: 'acme', repo: 'ops' };
    return new GithubClient({ apiUrl, repository, token: () => Promise.resolve('x'), clock: systemClock });
  };

  describe('where something else answers', () => {
    let answer: RequestListener;
    let elsewhere: GithubClient;
    let server: Server;
    beforeEach(async () => {
      server = createServer((...asked) => answer(...asked));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      elsewhere = at(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
    afterEach(() => {
      server.closeAllConnections();
      server.close();
    });
    const dispatch = () => elsewhere.dispatch({ workflow: 'scale.yml', ref: 'main', inputs: {} }, signal);

    for (const type of ['text/html', 'application/json'])
      it(`takes a page as ${type} for no answer, least of all to a dispatch`, async () => {
        answer = (_, response) => response.writeHead(200, { 'content-type': type }).end('<html>Sign in to the network');
        for (const asked of [elsewhere.access(signal), elsewhere.runs('scale.yml', 1, signal), dispatch()])
          assert.equal((await thrown(asked)).code, 'github.offline');
      });

    it('takes no run for named whose number is none', async () => {
      for (const workflow_run_id of ['x', null, 1.5]) {
        const body = JSON.stringify({ workflow_run_id, html_url: 'https://github.example/runs/x' });
        answer = (_, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(body);
        assert.equal(await dispatch(), undefined);
      }
    });
  });

  it('is offline where no server is', async () => {
    const nowhere = at('http://127.0.0.1:1');
    const error = await thrown(nowhere.access(signal));
    assert.equal(error.code, 'github.offline');
    assert.match(error.message, /ECONNREFUSED|bad port/);
  });
});
