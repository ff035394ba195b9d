import { t } from '../../../core/l10n.ts';
import type { Pod, Use } from '../../kubernetes/model.ts';
import type { Rule, Surroundings } from '../model.ts';
import { hasEnded } from './container-words.ts';

export const olderConfiguration: Rule<Pod> = {
  id: 'olderConfiguration',
  severity: 'info',
  source: 'kubernetes.io, "ConfigMaps": mounted ConfigMaps are updated automatically; "Secrets": using Secrets',
  check(pod, around) {
    const startedAt = oldestStart(pod);
    if (hasEnded(pod) || startedAt === undefined) return undefined;
    const newest = changedSince(pod, startedAt, around);
    if (!newest) return undefined;
    const { kind, name: what } = newest;
    return {
      cause: `${kind}/${what}`,
      since: newest.changedAt,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} is older than the {1} that it reads: {2}', name, kind, what)
          : t('{0} pods of {1} are older than the {2} that they read: {3}', count, name, kind, what),
      detail: () => [
        t('Environment variables and subPath mounts keep the old values until the container is made anew.'),
        t(
          'Mounted volumes get the new values within about a minute; most programs read them only at their start, so a restart is needed.',
        ),
        t('Known is when {0} was last written, not what was changed.', what),
      ],
    };
  },
};

interface Changed extends Use {
  readonly changedAt: number;
}

/**
 * Each namespace has one with the cluster's certificate and each pod mounts it; its clients read it again by themselves.
 * Source: k8s.io/kubernetes pkg/controller/certificates/rootcacertpublisher.
 */
export const rootCertificate = 'kube-root-ca.crt';

/** What it reads and was written last of all after it started. */
function changedSince({ uses, namespace }: Pod, startedAt: number, around: Surroundings): Changed | undefined {
  let newest: Changed | undefined;
  for (const use of uses) {
    if (use.name === rootCertificate) continue;
    const { changedAt = 0 } = around.configuration(use, namespace) ?? {};
    if (changedAt > (newest?.changedAt ?? startedAt)) newest = { ...use, changedAt };
  }
  return newest;
}

/** A container that was restarted has been made anew, with new values; undefined before it runs. */
function oldestStart({ startedAt, containers }: Pod): number | undefined {
  const running = containers.filter(({ role, state }) => role !== 'init' && state.kind === 'running');
  if (startedAt === undefined || running.length === 0) return undefined;
  return Math.min(...running.map(({ lastRestartAt }) => Math.max(startedAt, lastRestartAt ?? 0)));
}
