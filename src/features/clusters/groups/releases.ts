import { t } from '../../../core/l10n.ts';
import { type Loadable, errorOf, loading, mapLoadable, shownOf } from '../../../core/loadable.ts';
import { newestOf } from '../../../domain/helm/history.ts';
import { releaseHealth } from '../../../domain/kubernetes/health.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import type { Branch, Nodes } from '../../../ui/tree/model.ts';
import { joinedNodes, manyNodes } from '../../../ui/tree/nodes.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { errorNode } from '../../../ui/tree/placeholders.ts';
import { filteredNodes } from '../look/nothing-matches.ts';
import { openedBranch } from '../opening.ts';
import type { ClustersPorts, Place } from '../ports.ts';
import { byName } from '../rows/order.ts';
import { ReleaseHeads } from './release-heads.ts';
import { configMapReleaseNode, releaseNode, revisionNode } from './release-node.ts';

/** The Helm releases of a namespace, each as its newest revision says; under it all of its revisions. */
export function releasesBranch(ports: ClustersPorts, place: Place): Branch {
  const { ref, namespace } = place;
  const empty = t(
    'There are no Helm releases in {0}. (Those that Helm keeps in a SQL database cannot be seen.)',
    namespace,
  );
  return openedBranch(ports, ref, empty, (opening) => {
    const revisions = opening.watch('releaserecords', namespace);
    const elsewhere = opening.watch('configmapreleases', namespace);
    const sources = { heads: new ReleaseHeads(opening), known: () => shownOf(revisions.objects) };
    const nodeOf = perObject((newest: ReleaseRevision) => ({
      ...releaseNode(newest, opening.inside, sources),
      branch: revisionsBranch(ports, place, newest.release),
    }));
    return () => {
      const unsupported = new Set(newestOf(shownOf(elsewhere.objects)?.values() ?? []));
      const nodes = mapLoadable(revisions.objects, (all) =>
        filteredNodes(ports.looks, [...newestOf(all.values()), ...unsupported], {
          passes: ({ name, newest }, filter) => filter.passes({ ...newest, name }, releaseHealth(newest)),
          order: (shown) => [
            ...byName(shown.filter((one) => !unsupported.has(one))),
            ...byName(shown.filter((one) => unsupported.has(one))),
          ],
          node: (one) => (unsupported.has(one) ? configMapReleaseNode(one.newest) : nodeOf(one.newest)),
        }),
      );
      return asFarAsKnown(elsewhere.objects, opening.retry, nodes);
    };
  });
}

/** None are said to be there only once those in ConfigMaps are known, too; why they are not known is said below. */
function asFarAsKnown(
  others: Loadable<ReadonlyMap<string, ReleaseRevision>>,
  retry: () => void,
  nodes: Loadable<Nodes>,
): Loadable<Nodes> {
  const error = errorOf(others);
  if (others.state === 'loading' && nodes.state === 'ready' && nodes.value.length === 0) return loading;
  return error ? mapLoadable(nodes, (own) => joinedNodes([own, [errorNode({ error, retry })]])) : nodes;
}

/** The revisions of one release, newest first. */
export function revisionsBranch(ports: ClustersPorts, { ref, namespace }: Place, release: string): Branch {
  return openedBranch(ports, ref, t('{0} has no revision in the cluster.', release), (opening) => {
    const revisions = opening.watch('releaserecords', namespace);
    const heads = new ReleaseHeads(opening);
    const nodeOf = perObject((revision: ReleaseRevision) => revisionNode(revision, opening.inside, heads));
    return () =>
      mapLoadable(revisions.objects, (all) =>
        manyNodes(
          [...all.values()].filter((one) => one.release === release).sort((a, b) => b.revision - a.revision),
          nodeOf,
        ),
      );
  });
}
