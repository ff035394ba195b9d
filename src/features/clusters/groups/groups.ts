import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { TreeNode } from '../../ui/tree/model.ts';
import { deploymentsBranch } from './deployments.ts';
import { hpasBranch } from './hpas.ts';
import type { ClustersPorts } from './ports.ts';
import { releasesBranch } from './releases.ts';

export type Group = (ports: ClustersPorts, ref: ClusterRef, namespace: string) => TreeNode;

/** What a namespace shows. A group is one line here and one file beside it. */
export const groups: readonly Group[] = [
  (...where) => ({
    key: 'deployments',
    row: () => ({ label: t('Deployments'), icon: { id: 'layers' }, context: 'group' }),
    branch: deploymentsBranch(...where),
  }),
  (...where) => ({
    key: 'hpas',
    row: () => ({ label: t('HPAs'), icon: { id: 'arrow-both' }, context: 'group' }),
    branch: hpasBranch(...where),
  }),
  (...where) => ({
    key: 'releases',
    row: () => ({ label: t('Helm Releases'), icon: { id: 'package' }, context: 'group' }),
    branch: releasesBranch(...where),
  }),
];
