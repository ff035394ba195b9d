import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { secretAges } from '../../../../src/clients/vault/secret-ages.ts';
import { thrown } from '../../../support/github/route-world.ts';

const { signal } = new AbortController();

/** As Vault's API documentation shows the answer for the metadata of a secret. */
const metadata = {
  request_id: 'd9b3b1d0',
  lease_id: '',
  data: {
    cas_required: false,
    created_time: '2018-03-22T02:24:06.945319214Z',
    current_version: 3,
    delete_version_after: '3h25m19s',
    max_versions: 0,
    oldest_version: 0,
    updated_time: '2018-03-22T02:36:43.986212308Z',
    custom_metadata: null,
    versions: { '1': { created_time: '2018-03-22T02:24:06.945319214Z', deletion_time: '', destroyed: false } },
  },
};

/** A real Vault is not to be had here, so these answers are made after its published API. */
describe('the age of a secret in Vault', () => {
  let server: Server;
  let address: string;
  let home: string;
  let answer: { readonly status: number; readonly body: string; readonly headers?: Record<string, string> };
  let asked: IncomingMessage[];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(request);
      if (answer.status !== 0) response.writeHead(answer.status, answer.headers).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    home = await mkdtemp(path.join(tmpdir(), 'jarvis-vault-'));
  });
  after(async () => {
    server.closeAllConnections();
    server.close();
    await rm(home, { recursive: true });
  });
  beforeEach(() => {
    asked = [];
    answer = { status: 200, body: JSON.stringify(metadata) };
  });

  const signedIn = { VAULT_TOKEN: 'hvs.token' };
  const ages = (env: Record<string, string> = signedIn, at = address) => secretAges({ address: () => at, env, home });
  const codeOf = async (secret = 'secret/data/licence', env?: Record<string, string>, at?: string) =>
    (await thrown(ages(env, at).updatedAt(secret, signal))).code;

  it('is that of its metadata; its value is never asked for', async () => {
    assert.equal(await ages().updatedAt('secret/data/team/licence', signal), Date.parse('2018-03-22T02:36:43.986Z'));
    assert.deepEqual(
      asked.map(({ method, url, headers }) => [method, url, headers['x-vault-token'], headers['x-vault-request']]),
      [['GET', '/v1/secret/metadata/team/licence', 'hvs.token', 'true']],
    );
  });

  it('is asked of the engine that the path names, behind a prefix, in a namespace', async () => {
    await ages({ ...signedIn, VAULT_NAMESPACE: 'team' }, `${address}/vault/`).updatedAt('kv/apps/data/a b?c', signal);
    const [request] = asked;
    assert.equal(request?.url, '/vault/v1/kv/apps/metadata/a%20b%3Fc');
    assert.equal(request.headers['x-vault-namespace'], 'team');
  });

  it('takes the sign-in of "vault login"', async () => {
    assert.equal(await codeOf(undefined, {}), 'vault.notSignedIn');
    await writeFile(path.join(home, '.vault-token'), 'hvs.from-file\n');
    await ages({}).updatedAt('secret/data/licence', signal);
    assert.equal(asked[0]?.headers['x-vault-token'], 'hvs.from-file');
    assert.equal(await codeOf(undefined, { VAULT_TOKEN: 'two\r\nlines' }), 'vault.notSignedIn');
  });

  it('is none where there is no such secret', async () => {
    answer = { status: 404, body: '{"errors":[]}' };
    assert.equal(await ages().updatedAt('secret/data/licence', signal), undefined);
  });

  it('is unknown, with the reason, where Vault does not tell', async () => {
    const cases: [typeof answer, string][] = [
      [{ status: 403, body: '{"errors":["permission denied"]}' }, 'vault.forbidden'],
      [{ status: 503, body: '{"errors":["Vault is sealed"]}' }, 'vault.sealed'],
      [{ status: 500, body: '' }, 'vault.unexpected'],
      [{ status: 200, body: '<html>a login page' }, 'vault.unexpected'],
      [{ status: 200, body: '{"data":{"updated_time":"yesterday"}}' }, 'vault.unexpected'],
    ];
    for (const [given, code] of cases) {
      answer = given;
      assert.equal(await codeOf(), code, JSON.stringify(given));
    }
    assert.equal(await codeOf(undefined, undefined, 'http://127.0.0.1:1'), 'vault.unreachable');
  });

  it('takes its token nowhere else', async () => {
    answer = { status: 307, body: '', headers: { location: '/v1/elsewhere' } };
    assert.equal(await codeOf(), 'vault.unreachable');
    assert.equal(asked.length, 1);
  });

  it('asks nobody without an address, or for what has no version', async () => {
    assert.equal(await codeOf(undefined, undefined, ''), 'vault.notConfigured');
    for (const wrong of ['vault.example.com', 'file:///etc/passwd'])
      assert.equal(await codeOf(undefined, undefined, wrong), 'vault.badAddress');
    for (const secret of ['database/creds/app', 'secret/data', 'data/x', '', 'secret/data/../../sys/seal'])
      assert.equal(await codeOf(secret), 'vault.notVersioned', secret);
    assert.deepEqual(asked, []);
  });

  it('can be cancelled while Vault hangs', async () => {
    answer = { status: 0, body: '' };
    const stop = new AbortController();
    const age = ages().updatedAt('secret/data/licence', stop.signal);
    stop.abort();
    await assert.rejects(age, { name: 'AbortError' });
  });
});
