import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server says: a JSON body, or text as it is. `hangUp` cuts the connection instead. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly hangUp?: boolean;
}
export type Script = (input: Readonly<Record<string, unknown>>) => Answer | Promise<Answer>;

/** An HTTP server that answers AWS calls as a test scripts them, and counts them by operation. */
export interface ScriptedAws {
  readonly url: string;
  /** Operations in their order. */
  readonly calls: readonly string[];
  /** How many TCP connections were ever opened. */
  connections(): number;
  on(operation: string, script: Script): void;
  close(): Promise<void>;
}

export async function startScriptedAws(): Promise<ScriptedAws> {
  const scripts = new Map<string, Script>([['GetCallerIdentity', callerIdentity]]);
  const calls: string[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async ({ operation, input }) => {
      calls.push(operation);
      const answer = await (scripts.get(operation) ?? unknownOperation)(input);
      if (answer.hangUp) request.socket.destroy();
      else send(response, answer);
    });
  });
  let connections = 0;
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    connections: () => connections,
    on: (operation, script) => void scripts.set(operation, script),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An error as the JSON protocols send it. */
export function awsError(type: string, status = 400, headers: Record<string, string> = {}): Script {
  return () => ({ status, headers, body: { __type: `com.amazonaws#${type}`, message: `${type} it is` } });
}

/** A queue for one reader: a receive waits until there is something, at most a moment. */
export function scriptQueue(aws: ScriptedAws) {
  const waiting: { body: string; receipt: string }[] = [];
  const deleted: string[] = [];
  let receipt = 0;
  aws.on('ReceiveMessage', async () => {
    for (let turn = 0; turn < 20 && waiting.length === 0; turn++) await new Promise((wake) => setTimeout(wake, 10));
    const Messages = waiting.splice(0).map(({ body, receipt: ReceiptHandle }) => ({
      MessageId: ReceiptHandle,
      ReceiptHandle,
      Body: body,
      MD5OfBody: createHash('md5').update(body).digest('hex'),
    }));
    return { body: { Messages } };
  });
  aws.on('DeleteMessageBatch', ({ Entries }) => {
    for (const { ReceiptHandle } of Entries as { ReceiptHandle: string }[]) deleted.push(ReceiptHandle);
    return { body: { Successful: [], Failed: [] } };
  });
  return {
    url: `${aws.url}/123456789012/alarms`,
    deleted,
    /** Returns the receipt handle. */
    send(body: string): string {
      const handle = `receipt-${++receipt}`;
      waiting.push({ body, receipt: handle });
      return handle;
    },
  };
}

const callerIdentity: Script = () => ({
  headers: { 'content-type': 'text/xml' },
  body:
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    '<Arn>arn:aws:iam::123456789012:user/sre</Arn><UserId>AIDA</UserId><Account>123456789012</Account>' +
    '</GetCallerIdentityResult></GetCallerIdentityResponse>',
});
const unknownOperation = awsError('UnknownOperationException');

async function read(request: IncomingMessage) {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) text += chunk.toString();
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return { operation: target.split('.')[1] ?? '', input: JSON.parse(text) as Record<string, unknown> };
  const ofLambda = lambdaCall(request, text);
  if (ofLambda) return ofLambda;
  const form = new URLSearchParams(text);
  return { operation: form.get('Action') ?? '', input: Object.fromEntries(form) };
}

/** Lambda speaks REST: the operation is in the path. Source: Lambda API reference. */
function lambdaCall({ url = '', headers }: IncomingMessage, text: string) {
  const [, name = '', what] = /^\/2015-03-31\/functions\/([^/]+)\/(configuration|invocations)$/.exec(url) ?? [];
  if (what === undefined) return undefined;
  const input = { function: decodeURIComponent(name), type: headers['x-amz-invocation-type'], payload: text };
  return { operation: what === 'configuration' ? 'GetFunctionConfiguration' : 'Invoke', input };
}

function send(response: ServerResponse, { status = 200, headers = {}, body = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
