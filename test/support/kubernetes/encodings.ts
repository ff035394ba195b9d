import assert from 'node:assert/strict';
import type { Kind } from '../../../src/clients/kubernetes/kinds/kind.ts';
import type { KubeObject } from '../../../src/domain/kubernetes/model.ts';
import { type ProtoValue, proto } from '../protobuf.ts';

export type Fields = Readonly<Record<number, ProtoValue>>;

/** Asserts that the object in protobuf (by field numbers) and in JSON gives these fields, of those that are named. */
export function reads<T extends KubeObject>(kind: Kind<T>, fields: Fields, json: object, expected: Partial<T>): void {
  const names = Object.keys(expected) as (keyof T)[];
  for (const { object } of [kind.fromProtobuf(proto(fields)), kind.fromJson(json)])
    assert.deepEqual(Object.fromEntries(names.map((name) => [name, object[name]])), expected);
}

/** A time in protobuf, and the same in JSON. */
export const time = (seconds: number) => proto({ 1: seconds });
export const at = (seconds: number) => new Date(seconds * 1000).toISOString();

/** resource.Quantity */
export const quantity = (text: string) => proto({ 1: text });
