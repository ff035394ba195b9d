import { t } from '../../../core/l10n.ts';
import type { RevisionRef } from '../../../domain/helm/model.ts';
import { rescueInWords, rescueOf } from '../../../domain/helm/rescue.ts';
import { releaseHealth } from '../../../domain/kubernetes/health.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import type { Fact, Tooltip, TreeNode } from '../../../ui/tree/model.ts';
import type { ClusterPorts } from '../ports.ts';
import { healthIcons } from '../rows/icons.ts';

/** What is known of releases now: those of a namespace or more. */
type Known = () => ReadonlyMap<string, ReleaseRevision> | undefined;

/** A release as its newest revision says; the pointer on it tells what its history means. */
export function releaseNode(newest: ReleaseRevision, inside: ClusterPorts, known: Known): TreeNode {
  const { release, revision, status } = newest;
  return {
    key: release,
    row: () => ({
      label: release,
      description: [
        ...chartInWords(newest),
        t('revision {0}', revision),
        statusInWords(status),
        age(newest, inside),
      ].join(' · '),
      icon: healthIcons[releaseHealth(newest)],
      context: `release ${status}`,
    }),
    subject: { copyText: release, release: refOf(newest, inside) },
    tooltip: () => tooltipOf(newest, rescueWords(newest, known, inside)),
  };
}

/** One line of the history: what was installed when, and how that ended. */
export function revisionNode(revision: ReleaseRevision, inside: ClusterPorts): TreeNode {
  const { status } = revision;
  return {
    key: revision.uid,
    row: () => ({
      label: t('revision {0}', revision.revision),
      description: [
        statusInWords(status),
        ...chartInWords(revision),
        ...(revision.description ? [revision.description] : []),
        age(revision, inside),
      ].join(' · '),
      icon: healthIcons[releaseHealth(revision)],
      context: `revision ${status}`,
    }),
    subject: { copyText: `${revision.release} ${revision.revision}`, release: refOf(revision, inside) },
    tooltip: () => tooltipOf(revision),
  };
}

function refOf({ namespace, release, revision }: ReleaseRevision, { ref }: ClusterPorts): RevisionRef {
  return { cluster: ref, namespace, name: release, revision };
}

function age({ updatedAt, createdAt }: ReleaseRevision, { now }: ClusterPorts): string {
  return duration(now() - (updatedAt ?? createdAt));
}

function chartInWords({ chart, payloadError }: ReleaseRevision): readonly string[] {
  if (chart) return [`${chart.name} ${chart.version}`, t('app {0}', chart.appVersion)];
  return payloadError === undefined ? [] : [t('chart unreadable')];
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

function rescueWords({ release, namespace }: ReleaseRevision, known: Known, { now }: ClusterPorts): readonly string[] {
  const history = [...(known()?.values() ?? [])].filter(
    (one) => one.release === release && one.namespace === namespace,
  );
  const rescue = rescueOf(history);
  return rescue ? rescueInWords(rescue, now()) : [];
}

function tooltipOf(revision: ReleaseRevision, advice: readonly string[] = []): Tooltip {
  return {
    title: revision.release,
    facts: factsOf(revision),
    text: [...[revision.description, revision.payloadError].filter((text) => text !== undefined), ...advice],
  };
}

function factsOf({ status, revision, chart, updatedAt, writtenBy }: ReleaseRevision): readonly Fact[] {
  return [
    [t('Status'), status],
    [t('Revision'), String(revision)],
    ...(chart
      ? [[t('Chart'), `${chart.name} ${chart.version}`] as const, [t('App version'), chart.appVersion] as const]
      : []),
    ...(updatedAt === undefined ? [] : [[t('Updated'), fullTime(updatedAt)] as const]),
    ...(writtenBy ? [[t('Written by'), writtenBy] as const] : []),
  ];
}
