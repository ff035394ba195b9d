import type { Loadable } from '../../core/loadable.ts';
import type { TreeElement } from './element.ts';
import type { Nodes, TreeNode } from './model.ts';
import { emptyNode, errorNode, isPlaceholder, loadingNode, moreNode, narrowNode, staleNode } from './placeholders.ts';

export interface WaysOut {
  readonly retry: () => void;
  readonly showMore: () => void;
}

/**
 * The rows under an element: what is known, and rows that say what is not. While something is loaded again, what was
 * there stays under a "loading" row, so that nothing flickers and nothing old passes for new; while it is loaded for the
 * first time, what has come so far is shown under it.
 */
export function project(element: TreeElement, state: Loadable<Nodes>, ways: WaysOut): readonly TreeNode[] {
  if (state.state === 'failed') return [errorNode({ error: state.error, retry: ways.retry })];
  if (state.state === 'loading') {
    const before = shownBefore(element);
    return before.length > 0 ? [loadingNode(), ...before] : soFar(element, state.partial, ways);
  }
  element.isWhole = true;
  const nodes = state.value;
  return [
    ...(state.state === 'stale' ? [staleNode(state.since, { error: state.error, retry: ways.retry })] : []),
    ...(nodes.length === 0 ? emptiness(element.node.branch?.empty) : page(element, nodes, ways)),
  ];
}

function soFar(element: TreeElement, partial: Nodes | undefined, ways: WaysOut): readonly TreeNode[] {
  return partial ? [loadingNode(partial.length), ...page(element, partial, ways)] : [loadingNode()];
}

/** As many nodes as the element shows; the others are counted, not made. */
function page({ limit, node }: TreeElement, nodes: Nodes, { showMore }: WaysOut): readonly TreeNode[] {
  const shown = distinct(nodes.slice(0, limit));
  const hidden = nodes.length - limit;
  if (hidden <= 0) return shown;
  return [...shown, moreNode(hidden, showMore), ...(node.branch?.narrow ? [narrowNode(node.branch.narrow)] : [])];
}

function emptiness(text: string | undefined): readonly TreeNode[] {
  return text ? [emptyNode(text)] : [];
}

/** What was there when everything was; rows of a list that has never been whole are not worth keeping. */
function shownBefore(element: TreeElement): readonly TreeNode[] {
  if (!element.isWhole) return [];
  return (element.children ?? []).map((child) => child.node).filter((node) => !isPlaceholder(node));
}

/** VS Code refuses a whole view for one id that is there twice; a repeated key loses its row, not the view. */
function distinct(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const keys = new Set(nodes.map((node) => node.key));
  return keys.size === nodes.length ? nodes : [...new Map(nodes.map((node) => [node.key, node])).values()];
}
