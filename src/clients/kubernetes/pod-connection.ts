import type { Socket } from 'node:net';
import type { WebSocket } from 'undici';
import type { ValvedWebSocket } from './transport.ts';
import type { Valve } from './valve.ts';

const dataChannel = 0;
const errorChannel = 1;
/** More than this is not kept on its way to the pod: the sender waits. */
const mostUnsent = 1024 * 1024;
const lookAgainMs = 20;
/** The protocol cannot tell the pod that its peer has said all: then the rest of the answer has this long to come. */
const lastWordsMs = 30_000;

/**
 * One local connection joined with one to a port of a pod, over a WebSocket: the first byte of each message names the
 * channel, the first two of each channel repeat the port.
 * Source: k8s.io/kubelet pkg/cri/streaming/portforward/websocket.go, protocol v4.channel.k8s.io.
 */
export class PodConnection {
  static readonly protocol = 'v4.channel.k8s.io';
  /** Resolves when either side has ended it. @throws what the pod's node says, or that there was no connection at all */
  readonly ended: Promise<void>;
  readonly #webSocket: WebSocket;
  readonly #valve: Valve;
  readonly #socket: Socket;
  readonly #begun = new Set<number>();

  constructor({ webSocket, valve }: ValvedWebSocket, socket: Socket) {
    this.#webSocket = webSocket;
    this.#valve = valve;
    this.#socket = socket;
    webSocket.binaryType = 'arraybuffer';
    this.ended = new Promise((resolve, reject) => {
      webSocket.addEventListener('open', () => this.#send());
      webSocket.addEventListener('message', ({ data }) => this.#receive(data, reject));
      webSocket.addEventListener('error', ({ message }) => reject(new Error(message)));
      webSocket.addEventListener('close', () => {
        socket.end();
        resolve();
      });
      socket.on('drain', () => valve.open());
      socket.on('close', () => this.#close());
    });
    // it may have ended before there was a connection to join it with
    if (socket.destroyed) this.#close();
  }

  /** What the server says to it has to come through. */
  #close(): void {
    this.#valve.open();
    this.#webSocket.close();
  }

  #send(): void {
    const socket = this.#socket;
    socket.on('data', (chunk: Buffer) => {
      this.#webSocket.send(Buffer.concat([Buffer.of(dataChannel), chunk]));
      if (this.#webSocket.bufferedAmount > mostUnsent) this.#wait();
    });
    socket.on('end', () => socket.setTimeout(lastWordsMs, () => socket.destroy()));
    socket.resume();
  }

  /** There is no event that says that all was sent. */
  #wait(): void {
    this.#socket.pause();
    const look = () => {
      if (this.#webSocket.bufferedAmount > mostUnsent) setTimeout(look, lookAgainMs);
      else this.#socket.resume();
    };
    setTimeout(look, lookAgainMs);
  }

  #receive(message: unknown, fail: (error: Error) => void): void {
    const bytes = message instanceof ArrayBuffer ? Buffer.from(message) : Buffer.alloc(0);
    const [channel = -1] = bytes;
    const content = bytes.subarray(this.#begun.has(channel) ? 1 : 3);
    this.#begun.add(channel);
    if (content.length === 0) return;
    if (channel === dataChannel) this.#deliver(content);
    else if (channel === errorChannel) {
      fail(new Error(content.toString('utf8')));
      this.#close();
    }
  }

  /** A reader who is slow makes the pod wait. */
  #deliver(content: Buffer): void {
    if (this.#socket.writable && !this.#socket.write(content)) this.#valve.shut();
  }
}
