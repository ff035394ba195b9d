import type { Disposable } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import type { ObjectRef } from './object-ref.ts';

/** A port of this machine, for this machine alone, whose connections lead to a port of a pod; open until it is disposed. */
export interface PortForward extends Disposable {
  readonly localPort: number;
  /** A connection came to nothing: the pod refused it, or the API server. The port stays open. */
  readonly onDidFail: Event<JarvisError>;
}

export interface ForwardedPorts {
  /** 0: any that is free. */
  readonly local: number;
  readonly remote: number;
}

export interface PortForwarder {
  /**
   * Listens on 127.0.0.1. That something answers in the pod shows with the first connection.
   * @throws JarvisError kube.forbidden, kube.notFound …, portForward.inUse, portForward.notAllowed
   */
  forward(pod: ObjectRef, ports: ForwardedPorts, signal: AbortSignal): Promise<PortForward>;
}
