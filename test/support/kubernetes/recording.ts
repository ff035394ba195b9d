import { Agent } from 'undici';
import { type CrowdHome, crowdNamespace, crowdNode } from './crowd.ts';

/** What the API server streams of all pods to one who asks as Jarvis does: the events alone, without their lengths. */
export async function recordPods({ server, authority, token }: CrowdHome): Promise<readonly Buffer[]> {
  const agent = new Agent({ connect: { ca: authority } });
  try {
    const { body } = await agent.request({
      origin: server,
      method: 'GET',
      path: '/api/v1/pods?watch=1&sendInitialEvents=true&allowWatchBookmarks=true&resourceVersionMatch=NotOlderThan&resourceVersion=0',
      headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.kubernetes.protobuf;stream=watch' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      if (chunk.includes('initial-events-end')) break;
    }
    return framesOf(Buffer.concat(chunks)).filter((frame) => frame.includes(crowdNamespace));
  } finally {
    await agent.destroy();
  }
}

/** The events of a stream, or of a file of them. */
export function framesOf(stream: Buffer): readonly Buffer[] {
  const frames: Buffer[] = [];
  for (let at = 0; at + 4 <= stream.length;) {
    const end = at + 4 + stream.readUInt32BE(at);
    frames.push(stream.subarray(at + 4, end));
    at = end;
  }
  return frames;
}

/** How a pod of the replay differs from the recorded one; all of it has the recorded width. */
export interface Changes {
  readonly namespace: string;
  readonly node: string;
  /** One hex digit of the UID: the recorded ones all have a 4 there. */
  readonly generation: number;
}

const uidVersion = 14;

/** A recorded event of a pod that can be told of many others. */
export class PodFrame {
  readonly #object: Buffer;
  readonly #namespace: number;
  readonly #uid: number;
  readonly #node: number;

  /** @param frame a WatchEvent: type = 1, object = 2 */
  constructor(frame: Buffer) {
    this.#object = frame.subarray(2 + (frame[1] ?? 0));
    this.#namespace = this.#object.indexOf(crowdNamespace);
    // metadata: namespace = 3, an empty selfLink = 4, uid = 5
    this.#uid = this.#namespace + crowdNamespace.length + 4;
    this.#node = this.#object.indexOf(crowdNode(0).slice(0, -4));
  }

  /** The event with its length before it. */
  as(type: 'ADDED' | 'MODIFIED' | 'DELETED', { namespace, node, generation }: Changes): Buffer {
    const head = Buffer.from(`\0\0\0\0\n${String.fromCharCode(type.length)}${type}`, 'latin1');
    const event = Buffer.concat([head, this.#object]);
    event.writeUInt32BE(event.length - 4);
    event.write(namespace, head.length + this.#namespace, 'latin1');
    event.write(generation.toString(16), head.length + this.#uid + uidVersion, 'latin1');
    if (this.#node >= 0) event.write(node, head.length + this.#node, 'latin1');
    return event;
  }
}
