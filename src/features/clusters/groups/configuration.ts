import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import type { Configuration } from '../../../domain/kubernetes/model.ts';
import { ago, duration, fullTime } from '../../../ui/time.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { gatheredBranch } from '../look/gathered.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { watchedBranch } from '../watched.ts';
import { podsBranch } from '../workloads/pods.ts';

type ConfigurationKind = 'configmaps' | 'secrets';

/** ConfigMaps and Secrets by name and age; their values stay on the server. */
export function configurationBranch(ports: ClustersPorts, place: Place): Branch {
  return gatheredBranch(
    [ofKind('configmaps', ports, place), ofKind('secrets', ports, place)],
    t('There are no ConfigMaps and no Secrets in {0}.', place.namespace),
  );
}

function ofKind(kind: ConfigurationKind, ports: ClustersPorts, place: Place): Branch {
  return watchedBranch(ports, place, {
    kind,
    empty: '',
    isMeant: (one) => !isHelmRecord(one),
    node: (opening) => (one) => configurationNode(one, kind, opening.inside, ports, place),
  });
}

/** Helm keeps its revisions in Secrets (or ConfigMaps); the group Helm Releases shows them. Source: helm pkg/storage/driver. */
function isHelmRecord({ labels, name }: Configuration): boolean {
  return labels['owner'] === 'helm' && name.startsWith('sh.helm.release.v1.');
}

function configurationNode(
  one: Configuration,
  kind: ConfigurationKind,
  inside: ClusterPorts,
  ports: ClustersPorts,
  place: Place,
): TreeNode {
  const { uid, name, createdAt, changedAt } = one;
  const word = kind === 'secrets' ? 'Secret' : 'ConfigMap';
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        word,
        ...(wasChanged(one) ? [t('changed {0}', ago(changedAt, inside.now()))] : []),
        duration(inside.now() - createdAt),
      ].join(' · '),
      icon: { id: kind === 'secrets' ? 'key' : 'settings' },
      context: word.toLowerCase(),
    }),
    subject: { object: objectRef(inside.ref, kind, one), copyText: name },
    branch: podsBranch(ports, place, {
      isMeant: ({ uses }) => uses.some((use) => use.kind === word && use.name === name),
      isAskedFor: () => true,
      empty: t('No pod reads it.'),
    }),
    tooltip: withEvents(inside, kind, one, () => ({
      title: name,
      facts: [
        [t('Created'), fullTime(createdAt)],
        ...(wasChanged(one) ? [[t('Changed'), fullTime(changedAt)] as const] : []),
      ],
    })),
  };
}

/** Times are whole seconds, and creating is writing too. */
function wasChanged({ createdAt, changedAt }: Configuration): boolean {
  return changedAt > createdAt + 1_000;
}
