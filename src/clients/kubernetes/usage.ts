import { JarvisError, toJarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import { t } from '../../core/l10n.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import { parseDuration } from '../../domain/kubernetes/duration.ts';
import type { Usage } from '../../domain/kubernetes/model.ts';
import { parseQuantity } from '../../domain/kubernetes/quantity.ts';
import { millis } from './kinds/meta.ts';
import { pause } from './pause.ts';
import type { Transport } from './transport.ts';
import type { UsageCache } from './usage-cache.ts';

/** metrics-server measures each 15 s unless told otherwise. */
const intervalMs = 15_000;

export interface UsageScope {
  readonly of: 'pods' | 'nodes';
  readonly namespace: string | undefined;
}

/** Polls until the signal fires. */
export async function pollUsage(
  transport: Transport,
  scope: UsageScope,
  cache: UsageCache,
  wake: Event<undefined>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await pollOnce(transport, scope, cache, signal);
    await pause(transport.clock, intervalMs, wake, signal);
  }
}

async function pollOnce(
  transport: Transport,
  scope: UsageScope,
  cache: UsageCache,
  signal: AbortSignal,
): Promise<void> {
  try {
    cache.put(await readUsage(transport, scope, signal));
  } catch (error) {
    if (!signal.aborted) cache.fail(metricsError(transport.ref.context, toJarvisError(error)));
  }
}

/** metrics.k8s.io/v1beta1 PodMetrics and NodeMetrics */
interface RawMetrics {
  readonly metadata?: { readonly name?: string; readonly namespace?: string };
  readonly timestamp?: string;
  readonly window?: string;
  /** Of a node. */
  readonly usage?: RawUsage;
  readonly containers?: readonly { readonly usage?: RawUsage }[];
}
interface RawUsage {
  readonly cpu?: string;
  readonly memory?: string;
}

async function readUsage(
  transport: Transport,
  { of, namespace }: UsageScope,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Usage>> {
  const path = apiPath({ group: 'metrics.k8s.io', version: 'v1beta1', resource: of }, namespace);
  const list: { readonly items?: readonly RawMetrics[] } = await transport.json({ path }, signal);
  return new Map((list.items ?? []).map(projectUsage).map((usage) => [keyOf(usage), usage]));
}

function keyOf({ namespace, name }: Usage): string {
  return namespace ? `${namespace}/${name}` : name;
}

function projectUsage({ metadata, timestamp, window = '', usage, containers = [] }: RawMetrics): Usage {
  const parts = usage ? [usage] : containers.map((container) => container.usage ?? {});
  const total = (field: keyof RawUsage) => parts.reduce((sum, part) => sum + (parseQuantity(part[field]) ?? 0), 0);
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    cpu: Math.round(total('cpu') * 1000),
    memory: total('memory'),
    at: millis(timestamp) ?? 0,
    windowSeconds: parseDuration(window) ?? 0,
  };
}

/** 404: the API is not registered; 503: it is, but nothing serves it. */
function metricsError(context: string, error: JarvisError): JarvisError {
  if (error.code !== 'kube.notFound' && error.code !== 'kube.unavailable') return error;
  return new JarvisError({
    code: 'kube.metricsMissing',
    message: t('{0} has no metrics API: install metrics-server to see CPU and memory.', context),
    cause: error,
    remedies: [{ kind: 'openUrl', url: 'https://github.com/kubernetes-sigs/metrics-server' }],
  });
}
