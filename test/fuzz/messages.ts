import fc from 'fast-check';
import { type ProtoValue, proto } from '../support/protobuf.ts';
import { keys, text } from './generators.ts';

/** How a field is written in both encodings of the Kubernetes API. */
export interface FieldType {
  /** As JSON; undefined where the field is left out. */
  readonly json: fc.Arbitrary<unknown>;
  readonly encode: (json: unknown) => ProtoValue;
}
/** By the name in JSON: the number in generated.proto. */
export type MessageType = Readonly<Record<string, readonly [number: number, type: FieldType]>>;

const plain = (json: fc.Arbitrary<string | number | boolean>): FieldType => ({
  json,
  encode: (value) => value as ProtoValue,
});

export const texts = plain(text.filter((value) => value.isWellFormed()));
export const integers = plain(fc.oneof(fc.integer(), fc.maxSafeInteger()));
export const flags = plain(fc.boolean());
/** One of a few, as enumerations and conditions have them. */
export const oneOf = (...values: string[]): FieldType => plain(fc.constantFrom(...values));

/** meta/v1 Time: seconds, and null for none. */
export const times: FieldType = {
  json: fc.oneof(
    fc
      .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 19)}Z`),
    fc.constant(null),
  ),
  encode: (json) => (typeof json === 'string' ? proto({ 1: Date.parse(json) / 1000 }) : proto({})),
};

/** resource.Quantity */
export const quantities: FieldType = {
  json: fc.oneof(fc.constantFrom('100m', '1', '128Mi', '2500000n', '1e3'), texts.json),
  encode: (json) => proto({ 1: json as string }),
};

export function listOf({ json, encode }: FieldType): FieldType {
  return {
    json: fc.array(json, { minLength: 1, maxLength: 3 }),
    encode: (items) => (items as unknown[]).map(encode).filter((item) => item !== undefined),
  };
}

export function mapOf({ json, encode }: FieldType): FieldType {
  return {
    json: fc
      .array(
        fc.tuple(
          keys.filter((key) => key.isWellFormed()),
          json,
        ),
        { minLength: 1, maxLength: 3 },
      )
      .map((entries): unknown => Object.fromEntries(entries)),
    encode: (record) => Object.entries(record as object).map(([key, value]) => proto({ 1: key, 2: encode(value) })),
  };
}

export function messageOf(fields: MessageType): FieldType {
  const entries = Object.entries(fields).map(([name, [, type]]) => [name, type.json] as const);
  return {
    json: fc.record(Object.fromEntries(entries), { requiredKeys: [], noNullPrototype: true }),
    encode: (json) => encodeMessage(fields, json as Readonly<Record<string, unknown>>),
  };
}

/** With a field behind those that are read which is to be skipped, in every wire type. */
function encodeMessage(fields: MessageType, json: Readonly<Record<string, unknown>>): Buffer {
  const known = Object.entries(fields).map(([name, [number, type]]): [number, ProtoValue] => [
    number,
    name in json ? type.encode(json[name]) : undefined,
  ]);
  return Buffer.concat([proto(Object.fromEntries(known)), skipped]);
}

/** Field 1000 as varint, 64 bits, bytes and 32 bits. */
const skipped = Buffer.from('c03e80808080808080808001c13e0102030405060708c23e03c03e01c53e01020304', 'hex');
