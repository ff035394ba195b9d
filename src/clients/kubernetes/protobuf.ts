import { Recent } from './recent.ts';

/**
 * Protocol buffers, read only as far as asked: a message is described by the fields that are wanted, under the names
 * that they have in JSON, and everything else is skipped without being decoded. So one projection serves both encodings.
 * Wire format: https://protobuf.dev/programming-guides/encoding/
 */
export type Decoder<T> = (bytes: Buffer, start: number, end: number) => T;

/** How one field is read. Methods, so that a field of any type fits into a {@link Shape}. */
export interface Field<T> {
  readonly number: number;
  varint?(value: number): T;
  /** `previous` is what the same field gave before: lists and maps repeat their field. */
  bytes?(previous: T | undefined, bytes: Buffer, start: number, end: number): T;
  /** Instead of `bytes`: the field and its neighbours of the same number at once, from the first one's tag on. */
  run?(bytes: Buffer, start: number, end: number): T;
}
export type Shape = Readonly<Record<string, Field<unknown>>>;

/** What a message of this shape looks like, in JSON and after decoding. */
export type Message<S extends Shape> = { readonly [K in keyof S]?: S[K] extends Field<infer T> ? T : never };

/** The field numbers of a message are those of its `generated.proto`. */
export function message<S extends Shape>(shape: S): Decoder<Message<S>> {
  const byNumber: ([string, Field<unknown>] | undefined)[] = [];
  for (const entry of Object.entries(shape)) byNumber[entry[1].number] = entry;
  return (bytes, start, end) => {
    const object: Record<string, unknown> = {};
    const cursor = { at: start, end };
    while (cursor.at < end) {
      const from = cursor.at;
      const tag = readVarint(bytes, cursor);
      const entry = byNumber[Math.floor(tag / 8)];
      if (entry?.[1].run && (tag & 7) === 2) readRun(bytes, cursor, from, tag, entry, object);
      else readField(bytes, cursor, tag & 7, entry, object);
    }
    return object as Message<S>;
  };
}

export const text = (number: number): Field<string> => ({
  number,
  bytes: (_, bytes, start, end) => bytes.toString('utf8', start, end),
});

/** Text that many objects have alike, kept once. */
export function sharedText(number: number): Field<string> {
  const recent = new Recent<string>();
  const same = (value: string) => value;
  return { number, bytes: (_, bytes, start, end) => recent.get(bytes.toString('utf8', start, end), same) };
}

/**
 * A list or map that many objects have alike: the same bytes are decoded once and give the same value. Not to be changed
 * by whoever gets it.
 */
export function shared<T>(field: Field<T>): Field<T | undefined> {
  const recent = new Recent<{ readonly it?: T }>();
  const decode = message({ it: field });
  return {
    number: field.number,
    run: (bytes, start, end) => recent.get(bytes.toString('latin1', start, end), () => decode(bytes, start, end)).it,
  };
}

export const integer = (number: number): Field<number> => ({ number, varint: (value) => value });

export const flag = (number: number): Field<boolean> => ({ number, varint: (value) => value !== 0 });

/** Bytes, copied: the stream's buffer is not kept alive. In JSON they are base64 text. */
export const blob = (number: number): Field<Buffer | string> => ({
  number,
  bytes: (_, bytes, start, end) => Buffer.from(bytes.subarray(start, end)),
});

/** Bytes of a wrapper, not copied, to be decoded at once. */
export const wrapped = (number: number): Field<Buffer> => ({
  number,
  bytes: (_, bytes, start, end) => bytes.subarray(start, end),
});

export const part = <T>(number: number, decode: Decoder<T>): Field<T> => ({
  number,
  bytes: (_, bytes, start, end) => decode(bytes, start, end),
});

/**
 * A message of which one part alone is read, in its stead: Go embeds that part, so in JSON its fields stand among those
 * of the message around it.
 */
export function embedded<T>(number: number, decode: Decoder<T>): Decoder<T | undefined> {
  const around = message({ inner: part(number, decode) });
  return (bytes, start, end) => around(bytes, start, end).inner;
}

export const list = <T>(number: number, decode: Decoder<T>): Field<T[]> => ({
  number,
  bytes(previous, bytes, start, end) {
    const items = previous ?? [];
    items.push(decode(bytes, start, end));
    return items;
  },
});

export const texts = (number: number): Field<string[]> =>
  list(number, (bytes, start, end) => bytes.toString('utf8', start, end));

/** A map with text keys; on the wire each entry is a message of key = 1 and value = 2. */
export function map<T>(number: number, value: (number: number) => Field<T>): Field<Record<string, T>> {
  const entry = message({ key: text(1), value: value(2) });
  return {
    number,
    bytes(previous, bytes, start, end) {
      const record = previous ?? {};
      const { key = '', value } = entry(bytes, start, end) as { key?: string; value?: T };
      if (value !== undefined) setOwn(record, key, value);
      return record;
    },
  };
}

/** Of a map of texts only what is chosen by its key: the rest is skipped. In JSON it is whole. */
export function chosen(number: number, isChosen: (key: string) => boolean): Field<Record<string, string>> {
  const entry = message({ key: text(1), value: wrapped(2) });
  return {
    number,
    bytes(previous, bytes, start, end) {
      const record = previous ?? {};
      const { key = '', value } = entry(bytes, start, end);
      if (isChosen(key)) setOwn(record, key, value?.toString('utf8') ?? '');
      return record;
    },
  };
}

/** A key from a server may be `__proto__`. */
function setOwn<T>(record: Record<string, T>, key: string, value: T): void {
  if (key !== '__proto__') record[key] = value;
  else Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true });
}

interface Cursor {
  at: number;
  readonly end: number;
}

function readField(
  bytes: Buffer,
  cursor: Cursor,
  wireType: number,
  entry: readonly [string, Field<unknown>] | undefined,
  object: Record<string, unknown>,
): void {
  if (wireType === 0) {
    const value = readVarint(bytes, cursor);
    if (entry?.[1].varint) object[entry[0]] = entry[1].varint(value);
  } else if (wireType === 2) {
    const start = advance(cursor, readVarint(bytes, cursor));
    if (entry?.[1].bytes) object[entry[0]] = entry[1].bytes(object[entry[0]], bytes, start, cursor.at);
  } else if (wireType === 1 || wireType === 5) {
    advance(cursor, wireType === 1 ? 8 : 4);
  } else {
    throw new RangeError(`unknown wire type ${wireType}`);
  }
}

/** A writer of Kubernetes puts the entries of a list or map one after the other. @throws RangeError where one did not */
function readRun(
  bytes: Buffer,
  cursor: Cursor,
  from: number,
  tag: number,
  [name, field]: readonly [string, Field<unknown>],
  object: Record<string, unknown>,
): void {
  if (name in object) throw new RangeError('a list is scattered over its message');
  let end: number;
  do {
    advance(cursor, readVarint(bytes, cursor));
    end = cursor.at;
  } while (end < cursor.end && readVarint(bytes, cursor) === tag);
  cursor.at = end;
  object[name] = field.run?.(bytes, from, end);
}

/** Moves over `length` bytes and returns where they began. @throws RangeError when the message ends before. */
function advance(cursor: Cursor, length: number): number {
  const start = cursor.at;
  if (!(length >= 0 && start + length <= cursor.end)) throw new RangeError('field reaches beyond its message');
  cursor.at += length;
  return start;
}

/** Exact up to 2^53 and for negative int32 and int64 of that size (sent as ten bytes of two's complement). */
function readVarint(bytes: Buffer, cursor: Cursor): number {
  // nearly all of them are one byte
  const single = bytes[cursor.at] ?? 0x80;
  if (single < 0x80 && cursor.at < cursor.end) {
    cursor.at++;
    return single;
  }
  let low = 0;
  let high = 0;
  for (let shift = 0; shift < 70; shift += 7) {
    if (cursor.at >= cursor.end) throw new RangeError('number reaches beyond its message');
    const byte = bytes[cursor.at++] ?? 0;
    if (shift < 28) low += (byte & 0x7f) * 2 ** shift;
    else high += (byte & 0x7f) * 2 ** (shift - 28);
    if (byte < 0x80) return combine(low, high);
  }
  throw new RangeError('number is too long');
}

/** `low` holds 28 bits, `high` the 36 above them. */
function combine(low: number, high: number): number {
  const bits = high % 2 ** 36;
  return (bits >= 2 ** 35 ? bits - 2 ** 36 : bits) * 2 ** 28 + low;
}
