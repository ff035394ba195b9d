import { t } from '../../core/l10n.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { ObjectInspector } from '../../domain/kubernetes/inspector.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { Json, JsonObject, JsonPatchOperation } from '../../domain/remediation/json.ts';
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
import { fieldManager, places } from '../kubernetes/places.ts';
import { guardsHold, valueAt } from '../kubernetes/json-pointer.ts';
import type { ObjectWriter } from '../kubernetes/clusters.ts';

/** What the route needs of the Kubernetes client. */
export interface DirectClient extends Pick<ObjectInspector, 'read'>, ObjectWriter {
  cluster(ref: ClusterRef): Pick<Cluster, 'may'>;
}

/** What the route pins: the intent's target and guarded patch, as they are. */
interface Payload {
  readonly planId: string;
  readonly target: Target;
  readonly patch: readonly JsonPatchOperation[];
}

/**
 * Writes to the API server with the user's own credentials: one JSON patch whose `test` operations hold UID and old
 * values, so that it is applied to exactly what was planned for, once, or not at all.
 */
export class DirectRoute implements Route {
  readonly id = 'direct';
  readonly #client: DirectClient;

  constructor({ client }: { readonly client: DirectClient }) {
    this.#client = client;
  }

  prepare({ planId, target, patch }: Intent): Promise<RouteRequest> {
    return Promise.resolve(requestOf({ planId, target, patch }));
  }

  check(request: RouteRequest, signal: AbortSignal): Promise<readonly RouteProblem[]> {
    return check(this.#client, payloadOf(request.payload), signal);
  }

  /** @throws JarvisError remediation.changedSince (a guard does not hold), kube.* */
  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const payload = payloadOf(request.payload);
    await this.#client.patch(payload.target, payload.patch, signal);
    return handleOf(payload);
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const payload = payloadOf(request.payload);
    const object = await this.#client.read(payload.target, signal);
    return wasApplied(object, payload.patch) ? handleOf(payload) : undefined;
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

function requestOf(payload: Payload): RouteRequest {
  const { target, patch } = payload;
  return {
    route: 'direct',
    payload: payload as unknown as JsonObject,
    preview: [
      { label: t('API server'), value: target.cluster.server },
      { label: t('Object'), value: `${target.kind} ${target.namespace}/${target.name}` },
      {
        label: t('Guarded by'),
        value: patch
          .filter(({ op }) => op === 'test')
          .map(inWords)
          .join('\n'),
      },
      {
        label: t('Change'),
        value: patch
          .filter(({ op }) => op !== 'test')
          .map(inWords)
          .join('\n'),
      },
      { label: t('Field manager'), value: fieldManager },
    ],
  };
}

function inWords(operation: JsonPatchOperation): string {
  if (operation.op === 'remove') return `${operation.path} ✕`;
  return `${operation.path} ${operation.op === 'test' ? '=' : '←'} ${JSON.stringify(operation.value)}`;
}

/** The payload comes back from the journal as it went in. */
function payloadOf(payload: JsonObject): Payload {
  return payload as unknown as Payload;
}

function handleOf({ planId }: Payload): RouteHandle {
  return { route: 'direct', payload: { planId } };
}

async function check(client: DirectClient, { target }: Payload, signal: AbortSignal): Promise<readonly RouteProblem[]> {
  if (target.kind === 'Release')
    return [
      { code: 'kube.noDirectWrite', message: t('A Helm release cannot be written directly.'), severity: 'blocks' },
    ];
  const { group, resource } = places[target.kind];
  const { namespace, name } = target;
  const access = { verb: 'patch', group, resource, namespace, name };
  const { allowed, reason } = await client.cluster(target.cluster).may(access, signal);
  if (allowed) return [];
  const message = t('You may not change {0} {1} in {2}. {3}', target.kind, name, namespace, reason).trim();
  return [{ code: 'kube.forbidden', message, severity: 'blocks' }];
}

/**
 * Our patch is in the object when its values are there and we are their field manager. In doubt it is not: sending it
 * again is safe, since its guards hold for one time only.
 */
function wasApplied(object: JsonObject, patch: readonly JsonPatchOperation[]): boolean {
  if (guardsHold(object, patch)) return false;
  const writes = patch.filter(({ op }) => op !== 'test');
  return writes.every((write) => valueIs(object, write) && (write.op === 'remove' || weManage(object, write.path)));
}

function valueIs(object: JsonObject, write: JsonPatchOperation): boolean {
  const wanted = write.op === 'remove' ? undefined : write.value;
  return JSON.stringify(valueAt(object, write.path)) === JSON.stringify(wanted);
}

function weManage(object: JsonObject, path: string): boolean {
  const field = path.replaceAll('/', '/f:');
  const entries = valueAt(object, '/metadata/managedFields');
  return Array.isArray(entries) && entries.some((entry: Json) => ours(entry) && valueAt(entry, `/fieldsV1${field}`));
}

function ours(entry: Json): boolean {
  return valueAt(entry, '/manager') === fieldManager;
}
