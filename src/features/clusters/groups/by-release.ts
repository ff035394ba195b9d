import { errorOf, type Loadable, shownOf } from '../../../core/loadable.ts';
import { t } from '../../../core/l10n.ts';
import type { ObjectStore } from '../../../domain/kubernetes/store.ts';
import { newestOf } from '../../../domain/helm/history.ts';
import type { KubeObject, ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { releaseOf } from '../../../domain/kubernetes/release-of.ts';
import { fixedBranch } from '../../../ui/tree/branches.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { errorNode } from '../../../ui/tree/placeholders.ts';
import { perKey } from '../../../ui/tree/per-object.ts';
import { openedBranch } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { byName } from '../rows/order.ts';
import { groupsOf } from './groups.ts';
import { ReleaseHeads } from './release-heads.ts';
import { releaseNode } from './release-node.ts';

const owning = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'cronjobs',
  'horizontalpodautoscalers',
  'ingresses',
] as const;

/**
 * The namespace by Helm release: what Helm keeps of each, and what says that it belongs to one. Who may not read Secrets
 * has the releases by the latter alone. At the end, what belongs to none.
 */
export function byReleaseBranch(ports: ClustersPorts, place: Place): Branch {
  return openedBranch(ports, place.ref, '', (opening) => {
    const revisions = opening.watch('releaserecords', place.namespace);
    const heads = new ReleaseHeads(opening);
    const stores: readonly ObjectStore<KubeObject>[] = owning.map((kind) => opening.watch(kind, place.namespace));
    const branchOf = perKey((release) => fixedBranch(groupsOf(ports, { ...place, release })));
    const withoutRelease = noReleaseNode(ports, place);
    return (): Loadable<readonly TreeNode[]> => {
      const known = new Map<string, ReleaseRevision | undefined>(
        newestOf((shownOf(revisions.objects) ?? none).values()).map((one) => [one.name, one.newest]),
      );
      for (const store of stores)
        for (const object of shownOf(store.objects)?.values() ?? []) {
          const name = releaseOf(object);
          if (name !== undefined && !known.has(name)) known.set(name, undefined);
        }
      const nodeOf = (name: string): TreeNode => {
        const newest = known.get(name);
        const node = newest
          ? releaseNode(newest, opening.inside, { heads, known: () => shownOf(revisions.objects) })
          : bareReleaseNode(name, revisions.objects.state === 'ready');
        return { ...node, branch: branchOf(name) };
      };
      const names = byName([...known.keys()].map((name) => ({ name })));
      const states = [revisions, ...stores].map(({ objects }) => objects);
      const value = [...names.map(({ name }) => nodeOf(name)), withoutRelease, ...refusals(states, opening.retry)];
      const isLoading = states.some(({ state }) => state === 'loading');
      return isLoading ? { state: 'loading', partial: value } : { state: 'ready', value, at: 0 };
    };
  });
}

const none: ReadonlyMap<string, ReleaseRevision> = new Map();

/** What could not be looked through, the first reason for all: the list above may lack something. */
function refusals(states: readonly Loadable<unknown>[], retry: () => void): readonly TreeNode[] {
  const error = states.map(errorOf).find((one) => one !== undefined);
  return error ? [errorNode({ error, retry })] : [];
}

/** Known by the marks of its objects alone. Where there is surely no Secret of it, Helm keeps it elsewhere. */
function bareReleaseNode(name: string, isElsewhere: boolean): TreeNode {
  const description = isElsewhere ? t('no record in Secrets: kept in ConfigMaps or SQL, or removed') : '';
  return {
    key: name,
    row: () => ({ label: name, description, icon: { id: 'package' }, context: 'release' }),
    subject: { copyText: name },
  };
}

function noReleaseNode(ports: ClustersPorts, place: Place): TreeNode {
  return {
    key: 'no release',
    row: () => ({ label: t('No release'), icon: { id: 'circle-outline' }, context: 'group' }),
    branch: fixedBranch(groupsOf(ports, { ...place, release: null })),
  };
}
