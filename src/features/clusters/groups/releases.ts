import { t } from '../../core/l10n.ts';
import type { ClusterRef, ReleaseRevision } from '../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../ui/time.ts';
import type { Branch, Fact, Icon, TreeNode } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { byName } from './order.ts';
import type { ClusterPorts, ClustersPorts } from './ports.ts';
import { watchedBranch } from './watched.ts';

export function releasesBranch(ports: ClustersPorts, ref: ClusterRef, namespace: string): Branch {
  return watchedBranch(ports, ref, {
    kind: 'releases',
    namespace,
    empty: t('There are no Helm releases in {0}.', namespace),
    nodes(inside) {
      const nodeOf = perObject((revision: ReleaseRevision) => releaseNode(revision, inside));
      return (revisions) =>
        byName(newest(revisions).map((revision) => ({ name: revision.release, revision }))).map(({ revision }) =>
          nodeOf(revision),
        );
    },
  });
}

/** A release is what its newest revision says. */
function newest(revisions: readonly ReleaseRevision[]): readonly ReleaseRevision[] {
  const byRelease = new Map<string, ReleaseRevision>();
  for (const revision of revisions) {
    const known = byRelease.get(revision.release);
    if (!known || known.revision < revision.revision) byRelease.set(revision.release, revision);
  }
  return [...byRelease.values()];
}

function releaseNode(release: ReleaseRevision, inside: ClusterPorts): TreeNode {
  return {
    key: release.release,
    row: () => ({
      label: release.release,
      description: [
        ...chartInWords(release),
        t('revision {0}', release.revision),
        statusInWords(release.status),
        duration(inside.now() - (release.updatedAt ?? release.createdAt)),
      ].join(' · '),
      icon: iconOf(release.status),
      context: `release ${release.status}`,
    }),
    subject: { copyText: release.release },
    tooltip: () => ({
      title: release.release,
      facts: releaseFacts(release),
      text: [release.description, release.payloadError].filter((text) => text !== undefined),
    }),
  };
}

function chartInWords({ chart, payloadError }: ReleaseRevision): readonly string[] {
  if (chart) return [`${chart.name} ${chart.version}`, t('app {0}', chart.appVersion)];
  return payloadError === undefined ? [] : [t('chart unreadable')];
}

function iconOf(status: string): Icon {
  if (status === 'deployed') return { id: 'pass', color: 'testing.iconPassed' };
  if (status === 'failed') return { id: 'error', color: 'problemsErrorIcon.foreground' };
  return { id: 'warning', color: 'problemsWarningIcon.foreground' };
}

/** Helm's release statuses. Source: helm.sh/helm/v3/pkg/release, status.go. */
function statusInWords(status: string): string {
  switch (status) {
    case 'deployed':
      return t('deployed');
    case 'failed':
      return t('failed');
    case 'superseded':
      return t('superseded');
    case 'uninstalled':
      return t('uninstalled');
    case 'uninstalling':
      return t('uninstalling');
    case 'pending-install':
      return t('stuck or busy installing');
    case 'pending-upgrade':
      return t('stuck or busy upgrading');
    case 'pending-rollback':
      return t('stuck or busy rolling back');
    default:
      return status;
  }
}

function releaseFacts(release: ReleaseRevision): readonly Fact[] {
  const { chart, updatedAt } = release;
  return [
    [t('Status'), release.status],
    [t('Revision'), String(release.revision)],
    ...(chart
      ? [[t('Chart'), `${chart.name} ${chart.version}`] as const, [t('App version'), chart.appVersion] as const]
      : []),
    ...(updatedAt === undefined ? [] : [[t('Updated'), fullTime(updatedAt)] as const]),
  ];
}
