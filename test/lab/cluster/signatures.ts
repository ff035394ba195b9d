import { timingSafeEqual } from 'node:crypto';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { region } from '../aws/ministack.ts';

/** What a role gives to whom it lets act. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** A request as it came; header names in lower case. */
export interface SignedRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The key that a request says it is signed with; empty where it says none. */
export function keyOf({ headers }: Pick<SignedRequest, 'headers'>): string {
  return /Credential=([^/]+)\//.exec(headers['authorization'] ?? '')?.[1] ?? '';
}

/** Whether the request's headers are what AWS's SDK would have signed it with. */
export async function isSigned(request: SignedRequest, service: string, credentials: Credentials): Promise<boolean> {
  const { authorization = '', 'x-amz-date': date = '' } = request.headers;
  const names = /SignedHeaders=([^,]+)/.exec(authorization)?.[1]?.split(';') ?? [];
  const headers = Object.fromEntries(names.map((name) => [name, request.headers[name] ?? '']));
  const { method, body } = request;
  const signed = await signer(service, credentials).sign(
    { ...partsOf(request.url), method, headers, body },
    { signingDate: dateOf(date) },
  );
  return same(signed.headers['authorization'] ?? '', authorization);
}

/** Whether AWS's SDK would have given this address to whoever sends the headers with it. */
export async function isPresigned(
  url: URL,
  headers: Readonly<Record<string, string>>,
  service: string,
  credentials: Credentials,
): Promise<boolean> {
  const { query: all, ...parts } = partsOf(url);
  const query = Object.fromEntries(Object.entries(all).filter(([name]) => !name.startsWith('X-Amz-')));
  const signed = await signer(service, credentials).presign(
    { ...parts, query, method: 'GET', headers: { host: url.host, ...headers } },
    { signingDate: dateOf(all['X-Amz-Date'] ?? ''), expiresIn: Number(all['X-Amz-Expires']) },
  );
  const asGiven = Object.entries(signed.query ?? {}).every(([name, value]) => all[name] === value);
  return asGiven && same(String(signed.query?.['X-Amz-Signature']), all['X-Amz-Signature'] ?? '');
}

/** `20150830T123600Z` @returns an invalid date for anything else */
export function dateOf(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

function signer(service: string, credentials: Credentials): SignatureV4 {
  return new SignatureV4({ service, region, credentials, sha256: Sha256, applyChecksum: false });
}

function partsOf({ protocol, hostname, port, pathname, searchParams }: URL) {
  const place = { protocol, hostname, ...(port !== '' && { port: Number(port) }), path: pathname };
  return { ...place, query: Object.fromEntries(searchParams) };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
