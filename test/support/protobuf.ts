export type ProtoValue = string | number | boolean | Buffer | readonly ProtoValue[] | undefined;

/** A protobuf message by its field numbers: text, numbers, messages made by this function, lists of them. */
export function proto(fields: Readonly<Record<number, ProtoValue>>): Buffer {
  const parts = Object.entries(fields).flatMap(([number, value]) => field(Number(number), value));
  return Buffer.concat(parts);
}

/** A map field's entries. */
export function protoMap(record: Readonly<Record<string, string | Buffer>> = {}): readonly Buffer[] {
  return Object.entries(record).map(([key, value]) => proto({ 1: key, 2: value }));
}

function field(number: number, value: ProtoValue): Buffer[] {
  if (value === undefined) return [];
  if (typeof value === 'number' || typeof value === 'boolean') return [varint(number * 8), varint(Number(value))];
  if (typeof value === 'string' || Buffer.isBuffer(value)) {
    const bytes = Buffer.from(value);
    return [varint(number * 8 + 2), varint(bytes.length), bytes];
  }
  return value.flatMap((item) => field(number, item));
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

/** A watch event around an object that is encoded already, with its length before it. */
export function watchFrame(type: string, object: Buffer): Buffer {
  const frame = proto({ 1: type, 2: proto({ 1: Buffer.concat([Buffer.from('k8s\0'), proto({ 2: object })]) }) });
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  return Buffer.concat([length, frame]);
}
