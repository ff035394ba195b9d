import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { FaultProxy } from './proxy.ts';

describe('the fault proxy', () => {
  let server: Server;
  let proxy: FaultProxy;
  let answer: RequestListener;

  beforeEach(async () => {
    answer = (request, response) => void response.end(`${request.method ?? ''} ${request.url ?? ''}`);
    server = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    proxy = await FaultProxy.start({ target: `http://127.0.0.1:${port}`, dialect: 'github' });
  });
  afterEach(async () => {
    await proxy.close();
    server.close();
    server.closeAllConnections();
  });

  const ask = (path: string, init?: RequestInit) => fetch(`${proxy.url}${path}`, init);

  it('passes method, path, headers, body and status', async () => {
    answer = (request, response) => {
      response.writeHead(201, { 'x-echo': request.headers['x-mine'] });
      request.pipe(response);
    };
    const response = await ask('/a?b=c', { method: 'PUT', headers: { 'x-mine': 'yes' }, body: 'hello' });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('x-echo'), 'yes');
    assert.equal(await response.text(), 'hello');
  });

  it('passes a stream as it comes, and its end by the client to the server', async () => {
    const ended = new Promise((resolve) => {
      answer = (_request, response) => {
        response.once('close', resolve).write('first');
      };
    });
    const leave = new AbortController();
    const { body } = await ask('/watch', { signal: leave.signal });
    const first = await body?.pipeThrough(new TextDecoderStream()).getReader().read();
    assert.equal(first?.value, 'first');
    leave.abort();
    await ended;
  });

  it('applies a fault where and as often as its scope says', async () => {
    proxy.add({ kind: 'respond', status: 429, retryAfterSeconds: 7 }, { times: 2, path: '/repos', method: 'POST' });
    assert.equal((await ask('/repos')).status, 200);
    assert.equal((await ask('/user', { method: 'POST' })).status, 200);
    for (let time = 0; time < 2; time++) {
      const refused = await ask('/repos', { method: 'POST' });
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '7']);
    }
    assert.equal((await ask('/repos', { method: 'POST' })).status, 200);
  });

  it('breaks off in the middle of an answer', async () => {
    answer = (_request, response) => void response.end('x'.repeat(1000));
    proxy.add({ kind: 'cut', afterBytes: 10 });
    const response = await ask('/');
    await assert.rejects(response.text());
  });

  it('hangs until its connections are cut', async () => {
    proxy.add({ kind: 'hang' }, { times: 1 });
    const hanging = ask('/').then(
      () => 'answered',
      () => 'broken',
    );
    assert.equal((await ask('/other')).status, 200);
    proxy.cutConnections();
    assert.equal(await hanging, 'broken');
  });

  it('joins connections that leave HTTP', async () => {
    server.on('upgrade', (_request, socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.pipe(socket);
    });
    const { hostname, port } = new URL(proxy.url);
    const client = connect(Number(port), hostname);
    let heard = '';
    client.setEncoding('utf8').on('data', (text) => (heard += String(text)));
    client.write('GET /exec HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
    await once(client, 'data');
    assert.match(heard, /^HTTP\/1.1 101/);
    client.write('ping');
    while (!heard.endsWith('ping')) await once(client, 'data');
    client.destroy();
  });
});
