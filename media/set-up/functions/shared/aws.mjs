import { createHash, createHmac } from 'node:crypto';

/**
 * AWS's Signature Version 4 with what Node has, so that the functions hang on no package.
 * Source: IAM user guide, "Create a signed AWS API request".
 */
const algorithm = 'AWS4-HMAC-SHA256';

/** Where partitions other than the common one have their services. Source: partitions.json of the AWS SDKs. */
const suffixes = { 'cn-': 'amazonaws.com.cn', 'eusc-': 'amazonaws.eu' };

/** The regional address of a service: `sts.ap-northeast-2.amazonaws.com`. */
export function hostOf(service, region) {
  const [, suffix = 'amazonaws.com'] = Object.entries(suffixes).find(([prefix]) => region.startsWith(prefix)) ?? [];
  return `${service}.${region}.${suffix}`;
}

/** Whom Lambda lets the function act as: its role. */
export function ownRole() {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN,
    region: AWS_REGION,
  };
}

/**
 * Asks a service of AWS, as the function's role. Where it is can be set as for AWS's own SDKs: `AWS_ENDPOINT_URL_EKS`,
 * `AWS_ENDPOINT_URL`. @returns {Promise<{status: number, text: string}>}
 */
export async function ask(service, { method = 'GET', path = '/', headers = {}, body = '' }) {
  const role = ownRole();
  const { [`AWS_ENDPOINT_URL_${service.variable}`]: own, AWS_ENDPOINT_URL: all } = process.env;
  const url = new URL(path, own ?? all ?? `https://${hostOf(service.name, role.region)}`);
  const request = { method, url, headers, body };
  const response = await fetch(url, {
    method,
    headers: signed(request, { ...role, service: service.name, at: new Date() }),
    ...(body !== '' && { body }),
    signal: AbortSignal.timeout(5_000),
  });
  return { status: response.status, text: await response.text() };
}

/** The request's headers with those that sign it; names are in lower case. */
export function signed({ method, url, headers, body }, signer) {
  const time = timeOf(signer.at);
  const token = signer.sessionToken ? { 'x-amz-security-token': signer.sessionToken } : {};
  const all = { ...headers, host: url.host, 'x-amz-date': time, ...token };
  const { credential, names, signature } = sign({ method, url, headers: all, body }, signer, time);
  const { host, ...rest } = all;
  const authorization = `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...rest, authorization };
}

/** An address that whoever sends these headers with it may GET for so many seconds. */
export function presigned(address, headers, signer, seconds) {
  const url = new URL(address);
  const time = timeOf(signer.at);
  const all = { ...headers, host: url.host };
  const names = Object.keys(all).sort().join(';');
  const query = {
    'X-Amz-Algorithm': algorithm,
    'X-Amz-Credential': `${signer.accessKeyId}/${scopeOf(signer, time)}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': names,
    ...(signer.sessionToken && { 'X-Amz-Security-Token': signer.sessionToken }),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { signature } = sign({ method: 'GET', url, headers: all, body: '' }, signer, time);
  url.search = `${queryOf(url)}&X-Amz-Signature=${signature}`;
  return url.href;
}

function sign({ method, url, headers, body }, signer, time) {
  const sorted = Object.keys(headers).sort();
  const names = sorted.join(';');
  const lines = sorted.map((name) => `${name}:${headers[name].trim()}`);
  const path = url.pathname.split('/').map(encoded).join('/');
  const canonical = [method, path, queryOf(url), ...lines, '', names, hash(body)].join('\n');
  const scope = scopeOf(signer, time);
  const key = scope.split('/').reduce(hmac, `AWS4${signer.secretAccessKey}`);
  const signature = hmac(key, [algorithm, time, scope, hash(canonical)].join('\n')).toString('hex');
  return { credential: `${signer.accessKeyId}/${scope}`, names, signature };
}

function queryOf({ searchParams }) {
  const pairs = [...searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.sort().join('&');
}

const scopeOf = ({ region, service }, time) => `${time.slice(0, 8)}/${region}/${service}/aws4_request`;
/** `20150830T123600Z` */
const timeOf = (at) => at.toISOString().replaceAll(/[-:]|\.\d+/g, '');
const hash = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

/** As RFC 3986 has it: of what stands beside letters and digits, only `-_.~` stays. */
function encoded(text) {
  const code = (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, code);
}
