import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Splitter, lengthPrefixed, lines } from '../../../../src/clients/kubernetes/frames.ts';

/** The frames that come out when the bytes arrive cut at these places. */
function framesOf(splitter: Splitter, bytes: Buffer, cuts: readonly number[]): string[] {
  const frames: string[] = [];
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  [...places, bytes.length].reduce((start, end) => {
    splitter.push(bytes.subarray(start, end), (frame) => frames.push(frame.toString('hex')));
    return end;
  }, 0);
  return frames;
}

const cuts = fc.array(fc.nat(), { maxLength: 30 });

describe('a byte stream', () => {
  it('gives the same frames however its chunks fall: with lengths', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 })), cuts, (frames, places) => {
        const bytes = Buffer.concat(frames.flatMap((frame) => [lengthOf(frame), frame]));
        assert.deepEqual(
          framesOf(lengthPrefixed(), bytes, places),
          frames.map((frame) => Buffer.from(frame).toString('hex')),
        );
      }),
    );
  });

  it('gives the same frames however its chunks fall: lines', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { minLength: 1 }), cuts, (values, places) => {
        const texts = values.map((value) => JSON.stringify(value));
        const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''));
        assert.deepEqual(
          framesOf(lines(), bytes, places),
          texts.map((text) => Buffer.from(text).toString('hex')),
        );
      }),
    );
  });

  it('is given up on when a frame claims to be absurdly long', () => {
    assert.throws(() => framesOf(lengthPrefixed(), Buffer.from([0xff, 0xff, 0xff, 0xff]), []), RangeError);
  });
});

function lengthOf(frame: Uint8Array): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(frame.length);
  return length;
}
