import { t } from '../../../core/l10n.ts';
import type { RevisionRef } from '../../../domain/helm/model.ts';
import { rescueInWords, rescueOf } from '../../../domain/helm/rescue.ts';
import { releaseHealth } from '../../../domain/kubernetes/health.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import type { Fact, Tooltip, TreeNode } from '../../../ui/tree/model.ts';
import type { ClusterPorts } from '../ports.ts';
import { healthIcons } from '../rows/icons.ts';
import type { ReleaseHeads } from './release-heads.ts';

/** What rows of releases draw on. */
export interface ReleaseSources {
  readonly heads: Pick<ReleaseHeads, 'of'>;
  /** The records of a namespace or more. */
  readonly known: () => ReadonlyMap<string, ReleaseRevision> | undefined;
}

/** A release as its newest revision says; the pointer on it tells what its history means. */
export function releaseNode(record: ReleaseRevision, inside: ClusterPorts, { heads, known }: ReleaseSources): TreeNode {
  const { release, revision, status } = record;
  return {
    key: release,
    row: () => {
      const newest = heads.of(record);
      return {
        label: release,
        description: [
          ...chartInWords(newest),
          t('revision {0}', revision),
          statusInWords(status),
          age(newest, inside),
        ].join(' · '),
        icon: healthIcons[releaseHealth(newest)],
        context: `release ${status}`,
      };
    },
    subject: { copyText: release, release: refOf(record, inside) },
    tooltip: () => tooltipOf(heads.of(record), rescueWords(heads.of(record), known, inside)),
  };
}

/** One line of the history: what was installed when, and how that ended. */
export function revisionNode(record: ReleaseRevision, inside: ClusterPorts, heads: Pick<ReleaseHeads, 'of'>): TreeNode {
  const { status } = record;
  return {
    key: record.uid,
    row: () => {
      const revision = heads.of(record);
      return {
        label: t('revision {0}', record.revision),
        description: [
          statusInWords(status),
          ...chartInWords(revision),
          ...(revision.description ? [revision.description] : []),
          age(revision, inside),
        ].join(' · '),
        icon: healthIcons[releaseHealth(record)],
        context: `revision ${status}`,
      };
    },
    subject: { copyText: `${record.release} ${record.revision}`, release: refOf(record, inside) },
    tooltip: () => tooltipOf(heads.of(record)),
  };
}

/** It is there, and that is all that can be told: Jarvis reads what Helm keeps in Secrets. */
export function configMapReleaseNode({ release, revision, status, uid }: ReleaseRevision): TreeNode {
  return {
    key: `configmap ${uid}`,
    row: () => ({
      label: release,
      description: [t('revision {0}', revision), statusInWords(status), t('kept in ConfigMaps: not supported')].join(
        ' · ',
      ),
      icon: { id: 'question' },
      context: 'unsupported',
    }),
    subject: { copyText: release },
    tooltip: () => ({
      title: release,
      text: [
        t(
          'Helm keeps this release in ConfigMaps (HELM_DRIVER=configmap). Jarvis reads those that are kept in Secrets.',
        ),
      ],
    }),
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

function rescueWords(
  { release, namespace }: ReleaseRevision,
  known: ReleaseSources['known'],
  { now }: ClusterPorts,
): readonly string[] {
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
