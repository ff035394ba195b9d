import { t } from '../../core/l10n.ts';
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
import type { Target } from '../../domain/remediation/target.ts';
import { patch } from './direct/patch.ts';
import type { DirectClient, Performer } from './direct/performer.ts';

/** How each kind of operation is done. A new one is a file in the folder and a line here. */
const performers: { readonly [K in keyof Operations]: Performer<Operations[K]> } = { patch };

function performerOf({ kind }: Operation): Performer<Operation> {
  return performers[kind];
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
  readonly #client: DirectClient;

  constructor({ client }: { readonly client: DirectClient }) {
    this.#client = client;
  }

  prepare({ planId, target, operation }: Intent): Promise<RouteRequest> {
    const payload: Payload = { planId, target, operation };
    const preview = performerOf(operation).preview(target, operation);
    return Promise.resolve({ route: this.id, payload: payload as unknown as JsonObject, preview });
  }

  check(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteProblem[]> {
    const { target, operation } = payloadOf(request.payload);
    return performerOf(operation).check(this.#client, target, operation, signal);
  }

  /** @throws JarvisError remediation.changedSince (the object is not as it was planned for), kube.* */
  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const { planId, target, operation } = payloadOf(request.payload);
    await performerOf(operation).perform(this.#client, target, operation, signal);
    return { route: this.id, payload: { planId } };
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const { planId, target, operation } = payloadOf(request.payload);
    const wasPerformed = await performerOf(operation).wasPerformed(this.#client, target, operation, signal);
    return wasPerformed ? { route: this.id, payload: { planId } } : undefined;
  }

  follow(_: RouteHandle, onProgress: (progress: RouteProgress) => void): Promise<RouteResult> {
    const summary = t('The API server has accepted the change.');
    onProgress({ status: 'done', headline: summary, jobs: [] });
    return Promise.resolve({ outcome: 'success', summary });
  }

  /** What is sent is done: there is nothing to stop. */
  cancel(): Promise<void> {
    return Promise.resolve();
  }
}

/** The payload comes back from the journal as it went in. */
function payloadOf(payload: JsonObject): Payload {
  return payload as unknown as Payload;
}
