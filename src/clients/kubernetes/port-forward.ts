import { type AddressInfo, type Server, type Socket, createServer } from 'node:net';
import { JarvisError, isCancelled, toJarvisError } from '../../core/errors.ts';
import { Emitter } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ForwardedPorts, PortForward } from '../../domain/kubernetes/port-forward.ts';
import { PodConnection } from './pod-connection.ts';
import type { ApiRequest, Transport } from './transport.ts';

/** Listens on 127.0.0.1 and joins each connection with one to the pod. @throws JarvisError kube.*, portForward.* */
export async function forwardPort(
  transport: Transport,
  pod: ObjectRef,
  ports: ForwardedPorts,
  signal: AbortSignal,
): Promise<PortForward> {
  const request: ApiRequest = {
    path: `${apiPath(pod, pod.namespace, pod.name)}/portforward`,
    query: { ports: String(ports.remote) },
  };
  await mayForward(transport, request, signal);
  const forward = new LocalPort(transport, request, ports.remote);
  await forward.listen(ports.local);
  return forward;
}

/**
 * The server answers a WebSocket that it refuses without a reason that we could read; without the wish to upgrade, it
 * says why it refuses, or (400) that an upgrade is all that is missing.
 * Source: k8s.io/apimachinery pkg/util/proxy/upgradeaware.go (UpgradeRequired).
 */
async function mayForward(transport: Transport, request: ApiRequest, signal: AbortSignal): Promise<void> {
  try {
    await transport.bytes(request, signal);
  } catch (error) {
    if (toJarvisError(error).code !== 'kube.invalid') throw error;
  }
}

class LocalPort implements PortForward {
  readonly #transport: Transport;
  readonly #request: ApiRequest;
  readonly #remote: number;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #stop = new AbortController();
  readonly #failures = new Emitter<JarvisError>();
  readonly onDidFail = this.#failures.event;
  localPort = 0;

  constructor(transport: Transport, request: ApiRequest, remote: number) {
    this.#transport = transport;
    this.#request = request;
    this.#remote = remote;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => void this.#join(socket));
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error) => reject(listenError(port, error)));
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    this.localPort = (this.#server.address() as AddressInfo).port;
  }

  dispose(): void {
    this.#stop.abort();
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#failures.dispose();
  }

  async #join(socket: Socket): Promise<void> {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.pause();
    try {
      const webSocket = await this.#transport.webSocket(this.#request, PodConnection.protocol, this.#stop.signal);
      await new PodConnection(webSocket, socket).ended;
    } catch (error) {
      const isWaiting = !socket.destroyed;
      socket.destroy();
      if (isWaiting) await this.#fail(error);
    }
  }

  async #fail(error: unknown): Promise<void> {
    try {
      await mayForward(this.#transport, this.#request, this.#stop.signal);
      this.#failures.fire(connectionError(this.#remote, error));
    } catch (reason) {
      if (!isCancelled(reason)) this.#failures.fire(toJarvisError(reason));
    }
  }
}

function connectionError(port: number, error: unknown): JarvisError {
  const said = error instanceof Error ? error.message.trim() : String(error);
  return new JarvisError({
    code: 'portForward.refused',
    message: t('Nothing could be reached at port {0} of the pod: {1}', port, said),
    cause: error,
  });
}

function listenError(port: number, error: NodeJS.ErrnoException): JarvisError {
  const isTaken = error.code === 'EADDRINUSE';
  return new JarvisError({
    code: isTaken ? 'portForward.inUse' : 'portForward.notAllowed',
    message: isTaken
      ? t('Port {0} of this machine is in use.', port)
      : t('Port {0} of this machine cannot be listened on: {1}', port, error.message),
    cause: error,
    remedies: [{ kind: 'retry' }],
  });
}
