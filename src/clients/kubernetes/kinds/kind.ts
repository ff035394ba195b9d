import type { KubeObject } from '../../../domain/kubernetes/model.ts';
import { type Message, type Shape, message } from '../protobuf.ts';

/** Where a kind lives in the API, and how its objects are read. Everything a watch needs to know of it. */
export interface Kind<T extends KubeObject> {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Only objects with these labels. */
  readonly labelSelector?: string;
  /** Only objects with these fields. */
  readonly fieldSelector?: string;
  /** Only meta/v1 PartialObjectMetadata is asked for: the rest never leaves the server. */
  readonly metadataOnly?: boolean;
  /** Never asked for in protobuf. */
  readonly jsonOnly?: boolean;
  fromProtobuf(bytes: Buffer): Decoded<T>;
  fromJson(json: unknown): Decoded<T>;
}

export interface Decoded<T> {
  readonly object: T;
  /** What is too slow to be read while the stream waits; gives the object anew, with it. Never rejects. */
  readonly complete?: () => Promise<T>;
}

/** One kind: the fields that it reads (for both encodings), and what it makes of them. */
export function defineKind<S extends Shape, T extends KubeObject>(
  kind: Omit<Kind<T>, 'fromProtobuf' | 'fromJson'> & {
    readonly fields: S;
    readonly project: (raw: Message<S>) => T;
    readonly complete?: (raw: Message<S>, object: T) => Promise<T>;
  },
): Kind<T> {
  const { fields, project, complete, ...place } = kind;
  const decode = message(fields);
  const decoded = (raw: Message<S>): Decoded<T> => {
    const object = project(raw);
    return complete ? { object, complete: () => complete(raw, object) } : { object };
  };
  return {
    ...place,
    fromProtobuf: (bytes) => decoded(decode(bytes, 0, bytes.length)),
    fromJson: (json) => decoded(withoutNulls(json) as Message<S>),
  };
}

/** Go writes an absent list or time as null where protobuf writes nothing. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(kept.map(([name, field]) => [name, withoutNulls(field)]));
}
