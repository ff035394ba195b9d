import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { ApiError } from './errors.ts';
import { operations } from './operations/table.ts';
import type { CloudWatchService } from './service.ts';

const target = /^GraniteServiceVersion20100801\.(\w+)$/;
const maxBody = 1024 * 1024;
/** A gzip body may unpack to more than it was sent as, but not without bound. */
const maxUnpacked = 16 * 1024 * 1024;

/** One request and its answer, as JSON; `error` is the name of the error's shape. */
export interface Exchange {
  readonly operation: string;
  readonly request: unknown;
  readonly response: unknown;
  readonly error?: string;
}

/** Answers one call in AWS JSON 1.0. Whatever goes wrong becomes an answer; nothing is thrown. */
export async function answer(
  service: CloudWatchService,
  request: IncomingMessage,
  response: ServerResponse,
  observe?: (exchange: Exchange) => void,
): Promise<void> {
  const operation = target.exec(String(request.headers['x-amz-target']))?.[1] ?? '';
  let input: unknown;
  try {
    const run = operations.get(operation);
    if (!run) throw new ApiError('UnknownOperationException', `The operation ${operation} is not known here.`);
    input = parse(await body(request));
    const output = run(service, input);
    send(response, 200, output);
    observe?.({ operation, request: input, response: output });
  } catch (error) {
    const known = error instanceof ApiError ? error : unexpected(error);
    const output = { __type: `com.amazonaws.cloudwatch#${known.shape}`, message: known.message };
    response.setHeader('x-amzn-query-error', `${known.queryCode};${known.status < 500 ? 'Sender' : 'Receiver'}`);
    send(response, known.status, output);
    observe?.({ operation, request: input, response: output, error: known.shape });
  }
}

const unexpected = (error: unknown) =>
  new ApiError('InternalServiceFault', error instanceof Error ? error.message : String(error));

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBody) throw new ApiError('SerializationException', 'The request is larger than 1 MB.');
    chunks.push(chunk);
  }
  const whole = Buffer.concat(chunks);
  return request.headers['content-encoding'] === 'gzip' ? await unpacked(whole) : whole;
}

async function unpacked(packed: Buffer): Promise<Buffer> {
  try {
    return await promisify(gunzip)(packed, { maxOutputLength: maxUnpacked });
  } catch {
    throw new ApiError('SerializationException', 'The gzip body cannot be unpacked.');
  }
}

/** A member that is null is a member that is not there. */
function parse(bytes: Buffer): object {
  const text = bytes.length === 0 ? '{}' : bytes.toString();
  try {
    const json: unknown = JSON.parse(text, (_, value: unknown) => value ?? undefined);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  } catch {
    // told below, as any other body that is no structure
  }
  throw new ApiError('SerializationException', 'The body is not a JSON structure.');
}

/** An operation without output answers with an empty body. */
function send(response: ServerResponse, status: number, output: object | undefined): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() });
  response.end(output === undefined ? '' : JSON.stringify(output));
}
