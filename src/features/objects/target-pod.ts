import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { objectRef } from '../../domain/kubernetes/api-kinds.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { LabelSelector, Pod } from '../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { once } from '../../domain/kubernetes/once.ts';
import { type OfferedPort, podPorts, servicePorts } from '../../domain/kubernetes/ports.ts';
import { matches } from '../../domain/kubernetes/selector.ts';
import type { JsonObject } from '../../domain/remediation/json.ts';
import { inWords } from './in-words.ts';

/** Where a forwarded port leads. */
export interface Target {
  readonly pod: ObjectRef;
  readonly ports: readonly OfferedPort[];
}

/** The pod itself, or a ready one behind a service or a workload. @throws JarvisError portForward.noPod, kube.* */
export async function targetOf(cluster: Cluster, object: ObjectRef, signal: AbortSignal): Promise<Target> {
  if (object.kind === 'Pod') return { pod: object, ports: podPorts(await runningPod(cluster, object, signal)) };
  const whole = await cluster.read(object, signal);
  const selector = selectorOf(whole, object.kind);
  const pods = selector ? await once(cluster, 'pods', object.namespace, signal) : [];
  const ready = pods.find((pod) => selector && isReady(pod) && matches(selector, pod.labels));
  if (!ready) throw noPod(object);
  const pod = objectRef(object.cluster, 'pods', ready);
  const podJson = await cluster.read(pod, signal);
  return { pod, ports: object.kind === 'Service' ? servicePorts(whole, podJson) : podPorts(podJson) };
}

async function runningPod(cluster: Cluster, pod: ObjectRef, signal: AbortSignal): Promise<JsonObject> {
  const json: JsonObject & { readonly status?: { readonly phase?: string } } = await cluster.read(pod, signal);
  if (json.status?.phase === 'Running') return json;
  throw new JarvisError({
    code: 'portForward.noPod',
    message: t('{0} does not run: {1}.', inWords(pod), json.status?.phase ?? '?'),
    remedies: [{ kind: 'retry' }],
  });
}

/** A service's selector is a map, and without one it chooses nothing; a workload's is a LabelSelector. */
function selectorOf(whole: JsonObject, kind: string): LabelSelector | undefined {
  const { selector } = (whole as { spec?: { selector?: Partial<LabelSelector> & Record<string, unknown> } }).spec ?? {};
  if (!selector) return undefined;
  if (kind === 'Service') return { matchLabels: selector as Record<string, string>, matchExpressions: [] };
  return { matchLabels: selector.matchLabels ?? {}, matchExpressions: selector.matchExpressions ?? [] };
}

function isReady({ phase, deletedAt, conditions }: Pod): boolean {
  const ready = conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
  return phase === 'Running' && deletedAt === undefined && ready;
}

function noPod(object: ObjectRef): JarvisError {
  return new JarvisError({
    code: 'portForward.noPod',
    message: t('{0} has no pod that is ready.', inWords(object)),
    remedies: [{ kind: 'retry' }],
  });
}
