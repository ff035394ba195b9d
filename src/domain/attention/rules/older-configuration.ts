import { t } from '../../../core/l10n.ts';
import { isOlder } from '../../evidence/evidence.ts';
import { type Source, sourcesOf } from '../../evidence/sources.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Pod } from '../../kubernetes/model.ts';
import type { Rule, Surroundings } from '../model.ts';

export const olderConfiguration: Rule<Pod> = {
  id: 'olderConfiguration',
  severity: 'info',
  source: 'kubernetes.io, "ConfigMaps": mounted ConfigMaps are updated automatically; "Secrets": using Secrets',
  check(pod, around) {
    if (hasEnded(pod)) return undefined;
    const newest = changedSince(pod, around);
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

interface Changed extends Source {
  readonly changedAt: number;
}

/** What it reads and was written last of all after it started. */
function changedSince(pod: Pod, around: Surroundings): Changed | undefined {
  let newest: Changed | undefined;
  for (const source of sourcesOf(pod)) {
    const found = around.configuration(source, pod.namespace);
    if (!found || !isOlder(pod, found)) continue;
    const { changedAt } = found;
    if (changedAt > (newest?.changedAt ?? 0)) newest = { ...source, changedAt };
  }
  return newest;
}
