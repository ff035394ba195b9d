import { t } from '../../../core/l10n.ts';
import { mapLoadable, shownOf } from '../../../core/loadable.ts';
import { newestOf } from '../../../domain/helm/history.ts';
import { releaseHealth } from '../../../domain/kubernetes/health.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import type { Branch } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { filteredNodes } from '../look/nothing-matches.ts';
import { openedBranch } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { byName } from '../rows/order.ts';
import { releaseNode, revisionNode } from './release-node.ts';

/** The Helm releases of a namespace, each as its newest revision says; under it all of its revisions. */
export function releasesBranch(ports: ClustersPorts, place: Place): Branch {
  const { ref, namespace } = place;
  return openedBranch(ports, ref, t('There are no Helm releases in {0}.', namespace), (opening) => {
    const revisions = opening.watch('releases', namespace);
    const nodeOf = perObject((newest: ReleaseRevision) => ({
      ...releaseNode(newest, opening.inside, () => shownOf(revisions.objects)),
      branch: revisionsBranch(ports, place, newest.release),
    }));
    return () =>
      mapLoadable(revisions.objects, (all) => {
        const releases = newestOf(all.values());
        return filteredNodes(ports.looks, releases, {
          passes: ({ name, newest }, filter) => filter.passes({ ...newest, name }, releaseHealth(newest)),
          order: byName,
          node: ({ newest }) => nodeOf(newest),
        });
      });
  });
}

/** The revisions of one release, newest first. */
export function revisionsBranch(ports: ClustersPorts, { ref, namespace }: Place, release: string): Branch {
  return openedBranch(ports, ref, t('{0} has no revision in the cluster.', release), (opening) => {
    const revisions = opening.watch('releases', namespace);
    const nodeOf = perObject((revision: ReleaseRevision) => revisionNode(revision, opening.inside));
    return () =>
      mapLoadable(revisions.objects, (all) =>
        [...all.values()]
          .filter((one) => one.release === release)
          .sort((a, b) => b.revision - a.revision)
          .map(nodeOf),
      );
  });
}
