import { createServer, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { close, listen } from '../process/http.ts';

const Bodies = v.optional(v.record(v.string(), v.unknown()), {});
const Created = v.object({ Summary: v.object({ ARN: v.string() }) });
const Got = v.looseObject({ WebACL: v.looseObject({ ARN: v.string() }) });

/**
 * ministack's WAFv2 with what it lacks: it forgets custom response bodies, and says of a load balancer without a Web ACL
 * that it does not exist, where AWS answers with nothing.
 */
export async function startWafv2(ministack: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const pages = new Map<string, v.InferOutput<typeof Bodies>>();
  const server = createServer((request, response) => {
    const operation = request.headers['x-amz-target']?.toString().split('.').at(-1) ?? '';
    void (async () => {
      const body = await text(request);
      const answer = await fetch(ministack, { method: 'POST', headers: headersOf(request), body });
      const amended = amend(operation, body, answer.status, await answer.text(), pages);
      response.writeHead(amended.status, { 'content-type': 'application/x-amz-json-1.1' }).end(amended.body);
    })().catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  const port = await listen(server);
  return { url: `http://127.0.0.1:${port}`, close: () => close(server) };
}

function amend(operation: string, asked: string, status: number, body: string, pages: Map<string, object>) {
  if (operation === 'GetWebACLForResource' && body.includes('No WebACL associated')) return { status: 200, body: '{}' };
  if (status !== 200) return { status, body };
  const answer: unknown = JSON.parse(body);
  if (operation === 'CreateWebACL') {
    const given = v.parse(v.object({ CustomResponseBodies: Bodies }), JSON.parse(asked));
    pages.set(v.parse(Created, answer).Summary.ARN, given.CustomResponseBodies);
  }
  if (operation !== 'GetWebACL' && operation !== 'GetWebACLForResource') return { status, body };
  const got = v.parse(Got, answer);
  const CustomResponseBodies = pages.get(got.WebACL.ARN) ?? {};
  return { status, body: JSON.stringify({ ...got, WebACL: { ...got.WebACL, CustomResponseBodies } }) };
}

/** As they came, but for what belongs to the connection. */
function headersOf({ headers }: IncomingMessage): [string, string][] {
  const ofConnection = new Set(['host', 'connection', 'content-length', 'expect', 'transfer-encoding']);
  return Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' && !ofConnection.has(name) ? [[name, value] as [string, string]] : [],
  );
}
