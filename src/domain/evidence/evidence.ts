import { lastingContainers } from '../kubernetes/containers.ts';
import { hasEnded } from '../kubernetes/health.ts';
import type { Configuration, Pod, Use } from '../kubernetes/model.ts';
import type { Known } from './known.ts';

/** What speaks for a restart of a workload's pods, or against it, and what of that cannot be known. Times: ms since the epoch. */
export type Evidence =
  /** So many of its pods started before what they read was last written. */
  | {
      readonly kind: 'older';
      readonly use: Use;
      readonly changedAt: number;
      readonly pods: number;
      readonly of: number;
    }
  /** It is not there: pods that need it would not start again. */
  | { readonly kind: 'missing'; readonly use: Use }
  | { readonly kind: 'unknown'; readonly use: Use; readonly why: string };

/** All that is to be said of these pods, which are those of one workload. */
export function evidenceOf(pods: readonly Pod[], known: Known): readonly Evidence[] {
  const living = pods.filter((pod) => !hasEnded(pod));
  return usesOf(living).flatMap((use) => ofUse(use, living, known));
}

/** Would a restart make it go? */
export function isReason(evidence: Evidence): evidence is Evidence & { readonly kind: 'older' } {
  return evidence.kind === 'older';
}

/**
 * Each namespace has one with the cluster's certificate and each pod mounts it; its clients read it again by themselves.
 * Source: k8s.io/kubernetes pkg/controller/certificates/rootcacertpublisher.
 */
const rootCertificate = 'kube-root-ca.crt';

/** The Secrets and ConfigMaps whose content its containers have from their start. */
export function readAtStart({ uses }: Pod): readonly Use[] {
  return uses.filter(({ kind, name }) => kind !== 'PersistentVolumeClaim' && name !== rootCertificate);
}

/** Was it written after the pod's oldest container started? */
export function isOlder(pod: Pod, { changedAt }: Pick<Configuration, 'changedAt'>): boolean {
  const startedAt = oldestStart(pod);
  return startedAt !== undefined && changedAt > startedAt;
}

/** A container that was restarted has been made anew, with new values; undefined before it runs. */
function oldestStart(pod: Pod): number | undefined {
  const { startedAt } = pod;
  const running = lastingContainers(pod).filter(({ state }) => state.kind === 'running');
  if (startedAt === undefined || running.length === 0) return undefined;
  return Math.min(...running.map(({ lastRestartAt }) => Math.max(startedAt, lastRestartAt ?? 0)));
}

/** Each once; where one pod needs what others may do without, it is needed. */
function usesOf(pods: readonly Pod[]): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const use of pods.flatMap(readAtStart)) {
    const key = `${use.kind}/${use.name}`;
    if (!uses.has(key) || use.optional !== true) uses.set(key, use);
  }
  return [...uses.values()];
}

function ofUse(use: Use, pods: readonly Pod[], known: Known): readonly Evidence[] {
  const found = known.configuration(use);
  if (found === 'absent') return [{ kind: 'missing', use }];
  if (found instanceof Error) return [{ kind: 'unknown', use, why: found.message }];
  const users = pods.filter((pod) => readAtStart(pod).some(({ kind, name }) => kind === use.kind && name === use.name));
  const older = users.filter((pod) => isOlder(pod, found)).length;
  if (older === 0) return [];
  return [{ kind: 'older', use, changedAt: found.changedAt, pods: older, of: users.length }];
}
