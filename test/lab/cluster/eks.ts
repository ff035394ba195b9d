import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { accountId, region } from '../aws/ministack.ts';
import { close, listen } from '../process/http.ts';
import { clusterName } from './kubeconfig.ts';
import { type Credentials, isSigned, keyOf, type SignedRequest } from './signatures.ts';
import { review } from './token-review.ts';

/**
 * EKS as far as functions of a team need it: it describes the one cluster, and says for the API server whose a token is.
 * It stands in for the IAM authenticator: what it is given must be signed as AWS's SDK signs it, but no STS is asked.
 */
export interface Eks {
  readonly url: string;
  /** Where the API server has tokens reviewed. */
  readonly reviews: string;
  /** From now on the cluster is there. @param authority PEM */
  describe(endpoint: string, authority: string): void;
  /** An access entry: whoever signs with these is that role, and of that group. */
  enter(role: string, group: string): Credentials;
  close(): Promise<void>;
}

export interface AccessEntry {
  readonly role: string;
  readonly group: string;
  readonly credentials: Credentials;
}

export async function startEks(): Promise<Eks> {
  const entries = new Map<string, AccessEntry>();
  let cluster: object | undefined;
  const server = createServer((request, response) => {
    const answer = async () => {
      const signed = await readRequest(request);
      return signed.url.pathname === '/reviews'
        ? { status: 200, body: await review(signed.body, entries) }
        : describeCluster(signed, cluster, entries);
    };
    answer().then(
      ({ status, body }) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  const url = `http://127.0.0.1:${await listen(server)}`;
  return {
    url,
    reviews: `${url}/reviews`,
    describe(endpoint, authority) {
      const data = Buffer.from(authority).toString('base64');
      const arn = `arn:aws:eks:${region}:${accountId}:cluster/${clusterName}`;
      cluster = { name: clusterName, arn, status: 'ACTIVE', endpoint, certificateAuthority: { data } };
    },
    enter(role, group) {
      const credentials = newCredentials();
      entries.set(credentials.accessKeyId, { role, group, credentials });
      return credentials;
    },
    close: () => close(server),
  };
}

async function describeCluster(
  request: SignedRequest,
  cluster: object | undefined,
  entries: ReadonlyMap<string, AccessEntry>,
) {
  const entry = entries.get(keyOf(request));
  if (!entry || !(await isSigned(request, 'eks', entry.credentials)))
    return { status: 403, body: { message: 'The security token included in the request is invalid.' } };
  if (request.url.pathname === `/clusters/${clusterName}` && cluster) return { status: 200, body: { cluster } };
  const name = request.url.pathname.split('/').at(-1) ?? '';
  return { status: 404, body: { message: `No cluster found for name: ${name}.` } };
}

async function readRequest(request: IncomingMessage): Promise<SignedRequest> {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    method: request.method ?? 'GET',
    url: new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`),
    headers: Object.fromEntries(headers),
    body: await text(request),
  };
}

function newCredentials(): Credentials {
  return {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(60).toString('base64'),
  };
}
