import { t } from '../../../core/l10n.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { allWorkloadsBranch } from '../workloads/all-workloads.ts';
import { configurationBranch } from './configuration.ts';
import { hpasBranch } from './hpas.ts';
import { ingressesBranch } from './ingresses.ts';
import { releasesBranch, revisionsBranch } from './releases.ts';
import { storageBranch } from './storage.ts';

type Group = (ports: ClustersPorts, place: Place) => TreeNode;

const group =
  (key: string, label: () => string, icon: string, branch: (ports: ClustersPorts, place: Place) => Branch): Group =>
  (...where) => ({
    key,
    row: () => ({ label: label(), icon: { id: icon }, context: 'group' }),
    branch: branch(...where),
  });

const workloads = group('workloads', () => t('Workloads'), 'layers', allWorkloadsBranch);
const hpas = group('hpas', () => t('HPAs'), 'arrow-both', hpasBranch);
const releases = group('releases', () => t('Helm Releases'), 'package', releasesBranch);
const revisions = group(
  'revisions',
  () => t('Revisions'),
  'history',
  (ports, place) => revisionsBranch(ports, place, place.release ?? ''),
);
const ingresses = group('ingresses', () => t('Ingresses'), 'globe', ingressesBranch);
const configuration = group('configuration', () => t('Configuration'), 'settings', configurationBranch);
const storage = group('storage', () => t('Storage'), 'database', storageBranch);

/** What a place shows. A group is one line here and one file beside it; none asks anything before it is opened. */
export function groupsOf(ports: ClustersPorts, place: Place): readonly TreeNode[] {
  const { release } = place;
  const history = release === undefined ? [releases] : release === null ? [] : [revisions];
  return [workloads, hpas, ...history, ingresses, configuration, storage].map((make) => make(ports, place));
}
