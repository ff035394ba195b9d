import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { httpProber } from '../../../../src/clients/http/prober.ts';
import { systemClock } from '../../../../src/core/clock.ts';
import { CancelledError } from '../../../../src/core/errors.ts';

const { signal } = new AbortController();

describe('a probe', () => {
  let server: Server;
  let port: number;
  let answer: RequestListener;
  const prober = httpProber(systemClock);

  beforeEach(async () => {
    answer = (_, response) => response.end('welcome');
    server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const shop = () => ({ url: `http://shop.example.com:${port}/`, address: '127.0.0.1' });

  it('asks the load balancer for the host, and tells a redirect without following it', async () => {
    const hosts: unknown[] = [];
    answer = ({ headers }, response) => {
      hosts.push(headers.host);
      response.writeHead(302, { location: 'http://169.254.169.254/' }).end();
    };
    const { status, location } = await prober.ask(shop(), signal);
    assert.deepEqual([status, location], [302, 'http://169.254.169.254/']);
    assert.deepEqual(hosts, [`shop.example.com:${port}`]);
  });

  it('reads no more of a page than is shown', async () => {
    answer = (_, response) => {
      const more = () => response.write('x'.repeat(65_536), () => !response.destroyed && more());
      more();
    };
    assert.equal((await prober.ask(shop(), signal)).body.length, 65_536);
  });

  it('ends with the patience of whoever asked, and says which host does not answer', async () => {
    answer = () => undefined;
    const stop = new AbortController();
    const asked = prober.ask(shop(), stop.signal);
    stop.abort();
    await assert.rejects(asked, CancelledError);
    await assert.rejects(httpProber(systemClock, 30).ask(shop(), signal), { code: 'probe.timeout' });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await assert.rejects(prober.ask(shop(), signal), {
      code: 'probe.unreachable',
      message: /shop\.example\.com.*ECONNREFUSED/,
    });
  });

  it('fetches the page behind a redirect, but nothing in a private network that the load balancer is not in', async () => {
    const refused = (url: string, address: string) =>
      assert.rejects(prober.page(url, { url: 'http://shop.example.com/', address }, signal), { code: 'probe.private' });
    assert.equal((await prober.page(`http://127.0.0.1:${port}/`, shop(), signal)).body, 'welcome');
    assert.equal((await prober.page('/maintenance', shop(), signal)).body, 'welcome');
    for (const url of [
      `http://127.0.0.1:${port}/`,
      `http://[::1]:${port}/`,
      `http://[::ffff:10.0.0.1]/`,
      'http://10.1.2.3/',
    ])
      await refused(url, '203.0.113.7');
    await refused('http://169.254.169.254/latest/meta-data/', '127.0.0.1');
    await refused('file:///etc/passwd', '127.0.0.1');
    await refused('http://[', '127.0.0.1');
  });

  it('waits for no look-up of a name that nobody wants any more', async () => {
    const stop = new AbortController();
    const asked = prober.page('http://elsewhere.invalid/', shop(), stop.signal);
    stop.abort();
    await assert.rejects(asked, CancelledError);
  });
});
