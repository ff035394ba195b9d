/** Cuts a byte stream into frames, however its chunks fall. */
export interface Splitter {
  /** Calls back for each frame that is now complete; the bytes are valid during the call only. */
  push(chunk: Buffer, onFrame: (bytes: Buffer) => void): void;
}

/** An object is at most 1.5 MB in etcd; far above that the bytes are not what we think they are. */
const longest = 64 * 1024 * 1024;

/** Kubernetes' protobuf watch: each frame has its length before it, four bytes, big end first. */
export function lengthPrefixed(): Splitter {
  const pending = new Pending();
  let wanted = -1;
  return {
    push(chunk, onFrame) {
      pending.add(chunk);
      for (;;) {
        if (wanted < 0) {
          if (pending.size < 4) return;
          wanted = pending.take(4).readUInt32BE(0);
          if (wanted > longest) throw new RangeError(`frame of ${wanted} bytes`);
        }
        if (pending.size < wanted) return;
        const frame = pending.take(wanted);
        wanted = -1;
        onFrame(frame);
      }
    },
  };
}

/** A JSON watch: one document a line. */
export function lines(): Splitter {
  const pending = new Pending();
  return {
    push(chunk, onFrame) {
      let start = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
        pending.add(chunk.subarray(start, end));
        const line = pending.take(pending.size);
        if (line.length > 0) onFrame(line);
        start = end + 1;
      }
      pending.add(chunk.subarray(start));
      if (pending.size > longest) throw new RangeError(`line of more than ${longest} bytes`);
    },
  };
}

/** Bytes that wait for the rest of their frame; joined once, so that a big frame in many chunks costs no more than its size. */
class Pending {
  #chunks: Buffer[] = [];
  size = 0;

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.size += chunk.length;
  }

  take(length: number): Buffer {
    const [first] = this.#chunks;
    const whole = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks, this.size);
    this.#chunks = whole.length > length ? [whole.subarray(length)] : [];
    this.size -= length;
    return whole.subarray(0, length);
  }
}
