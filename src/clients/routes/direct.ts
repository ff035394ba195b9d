import type { JsonObject } from '../../domain/remediation/json.ts';
import type { Operation, Operations } from '../../domain/remediation/operation.ts';
import type {
  Intent,
  Route,
  RouteHandle,
  RouteProblem,
  RouteProgress,
  RouteRequest,
} from '../../domain/remediation/route.ts';
import type { Target } from '../../domain/remediation/target.ts';
import { follow } from './direct/follow.ts';
import { helmRollback } from './direct/helm-rollback.ts';
import { patch } from './direct/patch.ts';
import type { Performer, Tools, Work } from './direct/performer.ts';

/** How each kind of operation is done. A new one is a file in the folder and a line here. */
const performers: { readonly [K in keyof Operations]: Performer<Operations[K]> } = {
  patch,
  helmRollback,
};

function performerOf({ kind }: Operation): Performer<Operation> {
  // kind and operation come from the same one
  return performers[kind] as Performer<Operation>;
}

/** What the route pins: the intent's target and operation, as they are. */
interface Payload {
  readonly planId: string;
  readonly target: Target;
  readonly operation: Operation;
}

/** Works with the user's own credentials, without a workflow or a function in between. */
export class DirectRoute implements Route {
  readonly id = 'direct';
  readonly #tools: Tools;
  /** What goes on, and what has ended in this window, by the id of its plan. */
  readonly #works = new Map<string, Work>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  prepare({ planId, target, operation }: Intent): Promise<RouteRequest> {
    const payload: Payload = { planId, target, operation };
    const preview = performerOf(operation).preview(target, operation);
    return Promise.resolve({ route: this.id, payload: payload as unknown as JsonObject, preview });
  }

  check(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteProblem[]> {
    const { target, operation } = payloadOf(request.payload);
    return performerOf(operation).check(this.#tools, target, operation, signal);
  }

  /** @throws JarvisError remediation.changedSince (the object is not as it was planned for), kube.* */
  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const { planId, target, operation } = payloadOf(request.payload);
    const work = await performerOf(operation).perform(this.#tools, target, operation, signal);
    if (work) this.#works.set(planId, work);
    return this.#handle(planId);
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const { planId, target, operation } = payloadOf(request.payload);
    if (this.#works.has(planId)) return this.#handle(planId);
    const wasPerformed = await performerOf(operation).wasPerformed(this.#tools, target, operation, signal);
    return wasPerformed ? this.#handle(planId) : undefined;
  }

  follow(handle: RouteHandle, onProgress: (progress: RouteProgress) => void, signal: AbortSignal) {
    return follow(this.#workOf(handle), onProgress, signal);
  }

  /** What is done, or goes on behind a window that was closed, cannot be stopped here. */
  cancel(handle: RouteHandle): Promise<void> {
    this.#workOf(handle)?.stop();
    return Promise.resolve();
  }

  #handle(planId: string): RouteHandle {
    return { route: this.id, payload: { planId } };
  }

  #workOf({ payload }: RouteHandle): Work | undefined {
    return this.#works.get(payloadOf(payload).planId);
  }
}

/** The payload comes back from the journal as it went in. */
function payloadOf(payload: JsonObject): Payload {
  return payload as unknown as Payload;
}
