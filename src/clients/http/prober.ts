import { lookup } from 'node:dns/promises';
import { request as overHttp, type IncomingMessage } from 'node:http';
import { request as overHttps } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { unlessCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { CancelledError, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { oneLine } from '../../core/text.ts';
import type { Entrance } from '../../domain/waf/entrances.ts';
import type { Answer, Prober } from '../../domain/waf/prober.ts';

/** A visitor would have given up long before; whoever plans waits for the slowest. */
const defaultPatienceMs = 5_000;
const mostBytes = 64 * 1024;

/** Probes over HTTP, each on a connection of its own. */
export function httpProber(clock: Clock, patienceMs = defaultPatienceMs): Prober {
  const ask = ({ url, address }: Entrance, signal: AbortSignal) =>
    get(new URL(url), address, clock, { patienceMs, signal });
  return {
    ask,
    async page(url, from, signal) {
      const target = URL.canParse(url, from.url) ? new URL(url, from.url) : undefined;
      if (target?.protocol !== 'http:' && target?.protocol !== 'https:')
        throw failure('private', t('{0} is no web page.', target?.href ?? oneLine(url)));
      if (target.host === new URL(from.url).host) return ask({ url: target.href, address: from.address }, signal);
      const hosts = [from.address, unbracketed(target.hostname)];
      const [home = [], there = []] = await Promise.all(hosts.map((host) => resolve(host, { patienceMs, signal })));
      const address = there[0];
      const hidden =
        address === undefined || there.some(isLinkLocal) || (there.some(isPrivate) && !home.every(isPrivate));
      if (hidden)
        throw failure('private', t('{0} leads into a private network, so Jarvis does not ask there.', target.href));
      return ask({ url: target.href, address }, signal);
    },
  };
}

interface Patience {
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

function get(url: URL, address: string, clock: Clock, patience: Patience): Promise<Answer> {
  const started = clock.now();
  const isHttps = url.protocol === 'https:';
  const hostname = unbracketed(url.hostname);
  const send = (signal: AbortSignal) =>
    new Promise<Answer>((done, fail) => {
      const asked = (isHttps ? overHttps : overHttp)({
        host: address,
        port: url.port || (isHttps ? 443 : 80),
        path: url.pathname + url.search,
        headers: { host: url.host, 'user-agent': 'Jarvis (probe before and after a change)', accept: 'text/html,*/*' },
        ...(isHttps && isIP(hostname) === 0 && { servername: hostname }),
        agent: false,
        signal,
      });
      asked.on('response', (answer) => {
        const ms = clock.now() - started;
        bodyOf(answer).then((body) => done({ ...headOf(answer), ms, body }), fail);
      });
      asked.on('error', fail);
      asked.end();
    });
  return inTime(url.host, send, patience);
}

/** @throws CancelledError, JarvisError probe.timeout, probe.unreachable */
async function inTime<T>(
  host: string,
  work: (signal: AbortSignal) => Promise<T>,
  { patienceMs, signal }: Patience,
): Promise<T> {
  const late = AbortSignal.timeout(patienceMs);
  try {
    return await work(AbortSignal.any([signal, late]));
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    throw late.aborted
      ? failure('timeout', t('{0} has not answered for {1} s.', host, patienceMs / 1000), error)
      : failure('unreachable', t('{0} does not answer: {1}', host, codeOf(error)), error);
  }
}

function headOf({ statusCode = 0, headers: { location } }: IncomingMessage): Pick<Answer, 'status' | 'location'> {
  return { status: statusCode, ...(location !== undefined && { location }) };
}

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size >= mostBytes) break; // which also hangs up
  }
  return Buffer.concat(parts).subarray(0, mostBytes).toString('utf8');
}

/** A look-up cannot be ended, only left alone. */
async function resolve(host: string, patience: Patience): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  const found = await inTime(host, (signal) => unlessCancelled(lookup(host, { all: true }), signal), patience);
  return found.map(({ address }) => address);
}

/** `[::1]` as it stands in a URL. */
function unbracketed(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

/** Sources: RFC 1918, 6598, 3927 and 4193, and the loopback and unspecified addresses of RFC 6890. */
const privateNets = netsOf([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '0.0.0.0/8',
  '::/127',
  'fc00::/7',
]);
/** Where clouds answer with credentials. */
const linkLocalNets = netsOf(['169.254.0.0/16', 'fe80::/10', 'fd00:ec2::/32']);

function netsOf(nets: readonly string[]): BlockList {
  const list = new BlockList();
  for (const net of nets) {
    const [address = '', prefix] = net.split('/');
    list.addSubnet(address, Number(prefix), family(address));
  }
  return list;
}

/** IPv4 addresses that are written as IPv6 (`::ffff:10.0.0.1`) are found by the list itself. */
const isPrivate = (address: string) => privateNets.check(address, family(address)) || isLinkLocal(address);
const isLinkLocal = (address: string) => linkLocalNets.check(address, family(address));

function family(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}

function failure(what: 'private' | 'timeout' | 'unreachable', message: string, cause?: unknown): JarvisError {
  return new JarvisError({ code: `probe.${what}`, message, cause, remedies: [{ kind: 'retry' }] });
}
