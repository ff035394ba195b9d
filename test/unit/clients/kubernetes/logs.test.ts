import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CancelledError, JarvisError } from '../../../../src/core/errors.ts';
import type { LogQuery } from '../../../../src/domain/logs/reader.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { eventually } from '../../../support/eventually.ts';
import { statusAnswer } from '../../../support/fake-apiserver.ts';
import { kubeconfigFor, refFor, type TestClient, testClient } from '../../../support/kubernetes/client.ts';

const query: LogQuery = {
  namespace: 'sock-shop',
  pod: 'front-end-0',
  container: 'front-end',
  previous: false,
  follow: true,
};

describe('reading a log', () => {
  let server: Server;
  let test: TestClient;
  let url: string;
  let answer: (response: ServerResponse, request: IncomingMessage) => void;
  let asked: URL[];

  before(async () => {
    server = createServer((request, response) => {
      asked.push(new URL(request.url ?? '/', url));
      answer(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    test = await testClient(kubeconfigFor(url));
  });
  beforeEach(() => (asked = []));
  after(async () => {
    await test.dispose();
    server.closeAllConnections();
    server.close();
  });

  function read(part: Partial<LogQuery> = {}) {
    const lines: string[] = [];
    const stop = new AbortController();
    let opened = 0;
    const sink = { open: () => (opened += 1), lines: (raw: readonly string[]) => void lines.push(...raw) };
    const result = test.client.cluster(refFor(url)).logs({ ...query, ...part }, sink, stop.signal);
    result.catch(() => undefined);
    return { lines, stop, result, opened: () => opened };
  }
  const refuses = async (code: number, message: string, part: Partial<LogQuery> = {}) => {
    answer = (response) => {
      response.writeHead(code, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(statusAnswer(code, message).body));
    };
    const error: unknown = await read(part).result.catch((thrown: unknown) => thrown);
    assert.ok(error instanceof JarvisError);
    return error;
  };

  it('asks for exactly what is wanted', async () => {
    answer = (response) => response.end();
    await read({ previous: true, follow: false, sinceTime: '2026-11-21T09:00:00Z', tailLines: 5 }).result;
    await read({ sinceSeconds: 60 }).result;
    assert.equal(asked[0]?.pathname, '/api/v1/namespaces/sock-shop/pods/front-end-0/log');
    const common = { container: 'front-end', timestamps: 'true' };
    assert.deepEqual(
      asked.map(({ searchParams }) => Object.fromEntries(searchParams)),
      [
        { ...common, previous: 'true', sinceTime: '2026-11-21T09:00:00Z', tailLines: '5' },
        { ...common, follow: 'true', sinceSeconds: '60' },
      ],
    );
  });

  it('hands on whole lines as they come, however they are cut into pieces', async () => {
    let more: ((piece: Uint8Array) => void) | undefined;
    answer = (response) => {
      response.flushHeaders();
      more = (piece) => void response.write(piece);
    };
    const log = read();
    await eventually(log.opened, (times) => times === 1);
    for (const byte of Buffer.from('한 줄\n\nzwei\r\nthr')) {
      more?.(Uint8Array.of(byte));
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(
      () => log.lines,
      ({ length }) => length === 3,
    );
    assert.deepEqual(log.lines, ['한 줄', '', 'zwei\r']);
    log.stop.abort();
    await assert.rejects(log.result, CancelledError);
  });

  it('waits for hours for the first line of a log that it follows, and not for a log that it does not', async () => {
    const clock = new FakeClock();
    const quiet = await testClient(kubeconfigFor(url), { clock });
    answer = () => undefined;
    const cluster = quiet.client.cluster(refFor(url));
    const sink = { open: () => undefined, lines: () => undefined };
    const stop = new AbortController();
    const ends = Promise.allSettled(
      [true, false].map((follow) => cluster.logs({ ...query, follow }, sink, stop.signal)),
    );
    await eventually(
      () => asked.length,
      (count) => count === 2,
    );
    await clock.advance(60_000);
    stop.abort();
    assert.deepEqual(
      (await ends).map((end) => end.status === 'rejected' && end.reason instanceof CancelledError),
      [true, false],
    );
    await quiet.dispose();
  });

  it('gives back what has no end of line, when the server ends the answer', async () => {
    answer = (response) => response.end('a\nlast words');
    const log = read();
    assert.equal(await log.result, 'last words');
    assert.deepEqual(log.lines, ['a']);
  });

  it('cuts a line that is too long, in how many pieces it comes, and says by how much', async () => {
    answer = (response) => {
      for (let piece = 0; piece < 16; piece++) response.write('x'.repeat(65_536));
      response.end('\nshort\n');
    };
    const log = read();
    await log.result;
    assert.deepEqual(log.lines, [`${'x'.repeat(8192)}… (+${2 ** 20 - 8192})`, 'short']);
  });

  it('tells a connection that breaks from one that ends', async () => {
    answer = (response) => {
      response.write('a\nhalf');
      setTimeout(() => response.destroy(), 20);
    };
    const log = read();
    const error: unknown = await log.result.catch((thrown: unknown) => thrown);
    assert.ok(error instanceof JarvisError && error.code.startsWith('kube.'));
    assert.deepEqual(log.lines, ['a']);
  });

  it('says in plain words what a kubelet says in its own', async () => {
    const waiting = 'container "front-end" in pod "front-end-0" is waiting to start: ContainerCreating';
    const waits = await refuses(400, waiting);
    assert.deepEqual(
      [waits.code, waits.message],
      ['logs.waiting', 'Container front-end has not started yet: ContainerCreating'],
    );
    const none = 'previous terminated container "front-end" in pod "front-end-0" not found';
    const first = await refuses(400, none, { previous: true });
    assert.deepEqual(
      [first.code, first.message],
      ['logs.noPrevious', 'Container front-end has no run before this one.'],
    );
    assert.equal((await refuses(400, 'container x is not valid for pod y')).code, 'kube.invalid');
    assert.equal((await refuses(403, 'pods "front-end-0" is forbidden')).code, 'kube.forbidden');
    assert.equal((await refuses(404, 'pods "front-end-0" not found')).code, 'kube.notFound');
  });
});
