import type { JsonObject } from '../../domain/remediation/json.ts';
import type { Operation, Operations } from '../../domain/remediation/operation.ts';
import type {
  Intent,
  Route,
  RouteHandle,
  RouteProblem,
  RouteProgress,
  RouteRequest,
  RouteResult,
} from '../../domain/remediation/route.ts';
import type { Work } from '../work.ts';
import { follow } from './direct/follow.ts';
import { helmRollback } from './direct/helm-rollback.ts';
import { patch } from './direct/patch.ts';
import type { Job, Performer, Tools } from './direct/performer.ts';

/** How each kind of operation is done. A new one is a file in the folder and a line here. */
const performers: { readonly [K in keyof Operations]: Performer<Operations[K]> } = {
  patch,
  helmRollback,
};

function performerOf({ kind }: Operation): Performer<Operation> {
  // kind and operation come from the same one
  return performers[kind] as Performer<Operation>;
}

/** What the route pins: of the intent what it needs, as it is. */
type Payload = Job<Operation>;

/** Works with the user's own credentials, without a workflow or a function in between. */
export class DirectRoute implements Route {
  readonly id = 'direct';
  readonly #tools: Tools;
  /** What goes on, and what has ended in this window, by the id of its plan. */
  readonly #works = new Map<string, Work<RouteResult>>();

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  prepare({ planId, target, operation }: Intent): Promise<RouteRequest> {
    const payload: Payload = { planId, target, operation };
    const preview = performerOf(operation).preview(payload);
    return Promise.resolve({ route: this.id, payload: payload as unknown as JsonObject, preview });
  }

  check(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteProblem[]> {
    const job = payloadOf(request.payload);
    return performerOf(job.operation).check(this.#tools, job, signal);
  }

  /** @throws JarvisError remediation.changedSince (the object is not as it was planned for), kube.* */
  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const job = payloadOf(request.payload);
    const work = await performerOf(job.operation).perform(this.#tools, job, signal);
    if (work) this.#works.set(job.planId, work);
    return toHandle(job);
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const job = payloadOf(request.payload);
    if (this.#works.has(job.planId)) return toHandle(job);
    const wasPerformed = await performerOf(job.operation).wasPerformed(this.#tools, job, signal);
    return wasPerformed ? toHandle(job) : undefined;
  }

  follow(handle: RouteHandle, onProgress: (progress: RouteProgress) => void, signal: AbortSignal) {
    const { kind } = handleOf(handle);
    return follow(this.#workOf(handle), performers[kind].afterwards(), onProgress, signal);
  }

  /** What is done, or goes on behind a window that was closed, cannot be stopped here. */
  cancel(handle: RouteHandle): Promise<void> {
    this.#workOf(handle)?.stop();
    return Promise.resolve();
  }

  #workOf(handle: RouteHandle): Work<RouteResult> | undefined {
    return this.#works.get(handleOf(handle).planId);
  }
}

/** The payload comes back from the journal as it went in. */
function payloadOf(payload: JsonObject): Payload {
  return payload as unknown as Payload;
}

/** What finds the work again, in this window or after it. */
interface Handle {
  readonly planId: string;
  readonly kind: keyof Operations;
}

function toHandle({ planId, operation: { kind } }: Payload): RouteHandle {
  return { route: 'direct', payload: { planId, kind } };
}

function handleOf({ payload }: RouteHandle): Handle {
  return payload as unknown as Handle;
}
