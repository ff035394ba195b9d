import type { KubeObject } from '../../domain/kubernetes/model.ts';
import type { ApiStatus } from './errors.ts';
import { type Splitter, lengthPrefixed, lines } from './frames.ts';
import type { Decoded, Kind } from './kinds/kind.ts';
import { listMeta, status } from './kinds/meta.ts';
import { isRecord } from './kubeconfig.ts';
import { list, map, message, part, text, wrapped } from './protobuf.ts';

export type WatchEvent<T> =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED'; readonly item: Decoded<T> }
  | { readonly type: 'BOOKMARK'; readonly resourceVersion: string; readonly endOfInitial: boolean }
  | { readonly type: 'ERROR'; readonly status: ApiStatus };

/**
 * What to ask for: protobuf where the kind has it (and `plain` does not forbid it), else JSON; the server chooses and the
 * Content-Type tells. Of a kind whose metadata are enough, nothing else is accepted.
 */
export function accepted(of: 'watch' | 'list', { metadataOnly, jsonOnly }: Kind<KubeObject>, plain: boolean): string {
  const partial = `;as=PartialObjectMetadata${of === 'list' ? 'List' : ''};g=meta.k8s.io;v=v1`;
  const as = metadataOnly ? partial : '';
  const json = `application/json${as}`;
  return plain || jsonOnly
    ? json
    : `application/vnd.kubernetes.protobuf${as}${of === 'watch' ? ';stream=watch' : ''}, ${json}`;
}

const endOfInitial = 'k8s.io/initial-events-end';

/** Feeds the chunks of a watch and gives its events, in either encoding. */
export function watchDecoder<T extends KubeObject>(
  kind: Kind<T>,
  contentType: string,
): (chunk: Buffer, onEvent: (event: WatchEvent<T>) => void) => void {
  const binary = isProtobuf(contentType);
  const splitter: Splitter = binary ? lengthPrefixed() : lines();
  const decode = binary ? fromProtobuf : fromJson;
  return (chunk, onEvent) => splitter.push(chunk, (frame) => onEvent(decode(kind, frame)));
}

/** One page of a list. */
export function decodeList<T extends KubeObject>(
  kind: Kind<T>,
  contentType: string,
  body: Buffer,
): { readonly items: Decoded<T>[]; readonly resourceVersion: string; readonly next: string } {
  const decoded = isProtobuf(contentType) ? protobufList(kind, body) : jsonList(kind, body);
  const { resourceVersion = '', continue: next = '' } = decoded.metadata ?? {};
  return { items: decoded.items, resourceVersion, next };
}

/** The Status of an error answer, in either encoding; proxies and load balancers answer with something else. */
export function decodeStatus(contentType: string, body: Buffer): ApiStatus {
  try {
    if (isProtobuf(contentType)) return whole(status, unwrap(body));
    return statusOf(JSON.parse(body.toString('utf8')));
  } catch {
    return {};
  }
}

/** Of what calls itself a Status, the fields that are what they should be. */
function statusOf(json: unknown): ApiStatus {
  if (!isRecord(json)) return {};
  const { code, reason, message, details } = json;
  const seconds = isRecord(details) ? details['retryAfterSeconds'] : undefined;
  return {
    ...(typeof code === 'number' && { code }),
    ...(typeof reason === 'string' && { reason }),
    ...(typeof message === 'string' && { message }),
    ...(typeof seconds === 'number' && { details: { retryAfterSeconds: seconds } }),
  };
}

function isProtobuf(contentType: string): boolean {
  return contentType.startsWith('application/vnd.kubernetes.protobuf');
}

const event = message({ type: text(1), object: part(2, message({ raw: wrapped(1) })) });
const unknown = message({ raw: wrapped(2) });
const bookmark = message({
  metadata: part(1, message({ resourceVersion: text(6), annotations: map(12, text) })),
});
/** Every list has its metadata and items under these numbers. */
const listOf = message({
  metadata: part(1, listMeta),
  items: list(2, (bytes, start, end) => bytes.subarray(start, end)),
});
const nothing = Buffer.alloc(0);

function whole<T>(decode: (bytes: Buffer, start: number, end: number) => T, bytes: Buffer): T {
  return decode(bytes, 0, bytes.length);
}

/** Each object is wrapped: `k8s\0`, then runtime.Unknown with the object in `raw`. */
function unwrap(bytes: Buffer): Buffer {
  if (bytes.readUInt32BE(0) !== 0x6b387300) throw new RangeError('not an object of the Kubernetes API');
  return whole(unknown, bytes.subarray(4)).raw ?? nothing;
}

function fromProtobuf<T extends KubeObject>(kind: Kind<T>, frame: Buffer): WatchEvent<T> {
  const { type = '', object } = whole(event, frame);
  const raw = unwrap(object?.raw ?? nothing);
  if (type === 'BOOKMARK') return bookmarkOf(whole(bookmark, raw).metadata);
  if (type === 'ERROR') return { type, status: whole(status, raw) };
  return { type: objectEvent(type), item: kind.fromProtobuf(raw) };
}

interface BookmarkMeta {
  readonly resourceVersion?: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

function fromJson<T extends KubeObject>(kind: Kind<T>, line: Buffer): WatchEvent<T> {
  const { type, object } = JSON.parse(line.toString('utf8')) as { type: string; object: unknown };
  if (type === 'BOOKMARK') return bookmarkOf((object as { metadata?: BookmarkMeta }).metadata);
  if (type === 'ERROR') return { type, status: statusOf(object) };
  return { type: objectEvent(type), item: kind.fromJson(object) };
}

function bookmarkOf({ resourceVersion = '', annotations }: BookmarkMeta = {}): WatchEvent<never> {
  return { type: 'BOOKMARK', resourceVersion, endOfInitial: annotations?.[endOfInitial] === 'true' };
}

function objectEvent(type: string): 'ADDED' | 'MODIFIED' | 'DELETED' {
  if (type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED') return type;
  throw new RangeError(`unknown event ${type}`);
}

interface Page<T> {
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
  readonly items: Decoded<T>[];
}

function protobufList<T extends KubeObject>(kind: Kind<T>, body: Buffer): Page<T> {
  const { metadata, items = [] } = whole(listOf, unwrap(body));
  return { ...(metadata && { metadata }), items: items.map((item) => kind.fromProtobuf(item)) };
}

function jsonList<T extends KubeObject>(kind: Kind<T>, body: Buffer): Page<T> {
  const page = JSON.parse(body.toString('utf8')) as { metadata?: Page<T>['metadata']; items?: unknown[] };
  const items = (page.items ?? []).map((item) => kind.fromJson(item));
  return { ...(page.metadata && { metadata: page.metadata }), items };
}
