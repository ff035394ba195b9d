import assert from 'node:assert/strict';
import { createServer } from 'node:http';
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

  for (const type of ['text/html', 'application/json'])
    it(`takes a page that the network puts in its place as ${type} for no answer, least of all to a dispatch`, async () => {
      const network = createServer((_, response) =>
        response.writeHead(200, { 'content-type': type }).end('<html>Sign in to the network</html>'),
      );
      await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
      try {
        const client = at(`http://127.0.0.1:${(network.address() as AddressInfo).port}`);
        const dispatch = { workflow: 'scale.yml', ref: 'main', inputs: {} };
        for (const asked of [
          client.access(signal),
          client.runs('scale.yml', 1, signal),
          client.dispatch(dispatch, signal),
        ])
          assert.equal((await thrown(asked)).code, 'github.offline');
      } finally {
        network.closeAllConnections();
        network.close();
      }
    });

  it('is offline where no server is', async () => {
    const nowhere = at('http://127.0.0.1:1');
    const error = await thrown(nowhere.access(signal));
    assert.equal(error.code, 'github.offline');
    assert.match(error.message, /ECONNREFUSED|bad port/);
  });
});
