import { mapLoadable } from '../../core/loadable.ts';
import { t } from '../../core/l10n.ts';
import { objectRef } from '../../domain/kubernetes/api-kinds.ts';
import type { ClusterRef, Namespace } from '../../domain/kubernetes/model.ts';
import { fullTime } from '../../ui/time.ts';
import { fixedBranch } from '../../ui/tree/branches.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { joinedNodes, manyNodes } from '../../ui/tree/nodes.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { errorNode, loadingNode } from '../../ui/tree/placeholders.ts';
import { byReleaseBranch } from './groups/by-release.ts';
import { groupsOf } from './groups/groups.ts';
import { KnownNamespaces } from './known-namespaces.ts';
import { chosenBranch } from './look/chosen-branch.ts';
import { isFiltering, type Look, pinOf } from './look/look.ts';
import { nothingMatches } from './look/nothing-matches.ts';
import { isSystemNamespace } from './look/system-namespaces.ts';
import { openedBranch } from './opening.ts';
import type { ClusterPorts, ClustersPorts, Place } from './ports.ts';
import { keptByName } from './rows/order.ts';
import { type Found, Search } from './search.ts';

/** The namespaces of a cluster: pinned ones first, system ones aside where that is chosen, and what the filter finds. */
export function namespacesBranch(ports: ClustersPorts, ref: ClusterRef): Branch {
  return openedBranch(ports, ref, t('This cluster has no namespaces.'), (opening) => {
    const namespaces = new KnownNamespaces(opening, ports.looks);
    const search = opening.add(new Search(ports, ref, opening.changed));
    const nodeOf = perObject((namespace: Namespace) => namespaceNode(namespace, opening.inside, ports));
    const order = keptByName<Namespace>();
    const find = (look: Look) => {
      if (isFiltering(look)) return search.find(look, namespaces.places);
      search.stop();
      return undefined;
    };
    return () => {
      const { look } = ports.looks;
      const found = find(look);
      return mapLoadable(namespaces.objects, (all) => {
        const { shown, aside } = arranged(order([...all.values()]), look, ref);
        const matching = found ? shown.filter(({ name }) => found.has(name)) : shown;
        const states = found && all.size > 0 ? statesOf(found, matching.length, opening.retry) : [];
        return joinedNodes([
          namespaces.notices(),
          manyNodes(matching, nodeOf),
          states,
          aside > 0 ? [asideNode(aside)] : [],
        ]);
      });
    };
  });
}

/** What is shown, in its order; `aside` counts what is left out as the system's. */
function arranged(namespaces: readonly Namespace[], look: Look, ref: ClusterRef) {
  const isPinned = ({ name }: Namespace) => look.pinned.includes(pinOf(ref, name));
  const kept = namespaces.filter((one) => !look.hidesSystem || isPinned(one) || !isSystemNamespace(one.name));
  const shown = [...kept.filter(isPinned), ...kept.filter((one) => !isPinned(one))];
  return { shown, aside: namespaces.length - kept.length };
}

/** Rows that say how far the search is, and what it could not see. */
function statesOf({ isSearching, refusals }: Found, count: number, retry: () => void): readonly TreeNode[] {
  const [error] = refusals;
  return [
    ...(isSearching ? [loadingNode()] : []),
    ...(error ? [errorNode({ error, retry })] : []),
    ...(count === 0 && !isSearching ? [nothingMatches] : []),
  ];
}

function asideNode(count: number): TreeNode {
  return {
    key: 'system namespaces',
    row: () => ({
      label: count === 1 ? t('1 hidden namespace') : t('{0} hidden namespaces', count),
      description: t('Show'),
      icon: { id: 'eye-closed' },
      context: 'state.hidden',
      command: 'jarvis.showSystemNamespaces',
    }),
  };
}

function namespaceNode(namespace: Namespace, inside: ClusterPorts, ports: ClustersPorts): TreeNode {
  const { uid, name, phase, createdAt } = namespace;
  const { ref } = inside;
  const pin = pinOf(ref, name);
  const isPinned = () => ports.looks.look.pinned.includes(pin);
  return {
    key: uid,
    row: () => ({
      label: name,
      ...(phase === 'Terminating' && { description: t('being deleted') }),
      icon: { id: isPinned() ? 'pinned' : 'symbol-namespace' },
      context: isPinned() ? 'namespace pinned' : 'namespace',
    }),
    // not in the row: a row that is drawn anew for its age takes all below it along
    ...(phase && { tooltip: () => ({ title: name, facts: [[t('Created'), fullTime(createdAt)]] }) }),
    subject: { object: objectRef(ref, 'namespaces', namespace), pin, copyText: name },
    branch: placeBranch(ports, { ref, namespace: name }),
  };
}

/** What is in a namespace, as the look groups it. */
function placeBranch(ports: ClustersPorts, place: Place): Branch {
  const plain = fixedBranch(groupsOf(ports, place));
  const byRelease = byReleaseBranch(ports, place);
  return chosenBranch(ports.looks, ({ groupBy }) => (groupBy === 'release' ? byRelease : plain));
}
