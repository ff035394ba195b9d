import fc from 'fast-check';
import type { Json } from '../../src/domain/remediation/json.ts';

/** Texts that parsers have stumbled over. */
export const hostileText: fc.Arbitrary<string> = fc.constantFrom(
  '',
  ' ',
  '\0',
  '\n',
  '\r\n',
  '\t',
  '"',
  "'",
  '\\',
  '__proto__',
  'constructor',
  'toString',
  '\u001b[31m',
  '\u001b]8;;https://evil.example\u0007',
  '\u009b2J',
  '\u2028',
  '\u202e',
  '\ud800',
  '\udc00',
  '\ufeff',
  '한국어😀',
  '-0',
  'NaN',
  'Infinity',
  '1e999',
  '9'.repeat(400),
  'a'.repeat(5000),
);

/** Mostly the text that is meant, now and then another. */
export const mostly = <T>(usual: fc.Arbitrary<T>, other: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: other });

export const text = mostly(fc.string({ maxLength: 12 }), hostileText);

/**
 * Not the lone backslash: after it, V8's JSON.parse (Node 24) takes other keys of one escaped character for it, as in
 * `{"\\\\":0}` and then `{"\\t":0}`.
 */
const asKey = (key: string) => (key === '\\' ? '/' : key);
export const keys = text.map(asKey);

/** Nested deeper than any stack goes. */
const deepText = fc.constantFrom('['.repeat(10_000), '{"a":'.repeat(5000), '('.repeat(10_000));

const marks = Array.from('{}[]():,;=<>!&*?|-#%@.\'"\\/ \n0a');

interface Fault {
  readonly at: number;
  readonly length: number;
  readonly kind: 'cut' | 'remove' | 'repeat' | 'insert';
  readonly inserted: string;
}

const fault = fc.record<Fault>({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.nat(8),
  kind: fc.constantFrom('remove', 'repeat', 'insert', 'insert', 'cut'),
  inserted: fc.oneof(
    { weight: 50, arbitrary: hostileText },
    { weight: 50, arbitrary: fc.string({ maxLength: 4 }) },
    { weight: 50, arbitrary: fc.constantFrom(...marks) },
    { weight: 1, arbitrary: deepText },
  ),
});
const faults = fc.array(fault, { maxLength: 3 });

/** The text with up to three faults in it: something is missing, doubled, out of place or cut off. */
export function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.tuple(texts, faults).map(([whole, places]) => places.reduce(damage, whole));
}

function damage(whole: string, { at, length, kind, inserted }: Fault): string {
  const place = Math.floor(at * (whole.length + 1));
  const [before, after] = [whole.slice(0, place), whole.slice(place)];
  switch (kind) {
    case 'cut':
      return before;
    case 'remove':
      return before + after.slice(length);
    case 'repeat':
      return before + after.slice(0, length) + after;
    case 'insert':
      return before + inserted + after;
  }
}

/** The same with bytes. */
export function damagedBytes(bytes: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return damaged(bytes.map((whole) => whole.toString('latin1'))).map((whole) => Buffer.from(whole, 'latin1'));
}

/** Bytes in pieces, cut at any places; no piece is empty. */
export function inPieces(
  bytes: fc.Arbitrary<Buffer>,
): fc.Arbitrary<{ readonly whole: Buffer; readonly pieces: readonly Buffer[] }> {
  const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
  return fc.tuple(bytes, cuts).map(([whole, places]) => {
    const ends = [...new Set([...places.map((place) => Math.floor(place * whole.length)), whole.length])].sort(
      (a, b) => a - b,
    );
    return {
      whole,
      pieces: ends.map((end, index) => whole.subarray(ends[index - 1] ?? 0, end)).filter((piece) => piece.length > 0),
    };
  });
}

/** JSON of any shape; keys that mean something to JavaScript among its keys. */
export const anyJson: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(keys, tie('value')), { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  ),
})).value;

/** JSON as it is meant, with up to two values in it replaced by others or doubled. */
export function damagedJson(values: fc.Arbitrary<unknown>): fc.Arbitrary<Json> {
  const where = fc.array(fc.nat(50), { maxLength: 6 });
  return fc
    .tuple(values, fc.array(fc.tuple(where, anyJson), { maxLength: 2 }))
    .map(([value, places]) => places.reduce((whole, [steps, other]) => replaced(whole, steps, other), value as Json));
}

/** Goes down by `steps`, each of which chooses a member, and puts the other value there. */
function replaced(value: Json, [step, ...rest]: readonly number[], other: Json): Json {
  if (step === undefined || typeof value !== 'object' || value === null) return other;
  const entries: [string, Json | undefined][] = Object.entries(value);
  const place = step % (entries.length + 1);
  const [key, member] = entries[place] ?? [typeof other === 'string' ? asKey(other) : 'added', null];
  const changed = entries.toSpliced(place, 1, [key, replaced(member ?? null, rest, other)]);
  return Array.isArray(value) ? changed.map(([, item]) => item ?? null) : Object.fromEntries(changed);
}
