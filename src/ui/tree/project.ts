import { type Loadable, valueOf } from '../../core/loadable.ts';
import type { TreeElement } from './element.ts';
import type { TreeNode } from './model.ts';
import { emptyNode, errorNode, isPlaceholder, loadingNode, moreNode, staleNode } from './placeholders.ts';

export interface WaysOut {
  readonly retry: () => void;
  readonly showMore: () => void;
}

/**
 * The rows under an element: what is known, and rows that say what is not. While something is loaded again, what was
 * there stays under a "loading" row, so that nothing flickers and nothing old passes for new.
 */
export function project(
  element: TreeElement,
  state: Loadable<readonly TreeNode[]>,
  { retry, showMore }: WaysOut,
): readonly TreeNode[] {
  if (state.state === 'failed') return [errorNode({ error: state.error, retry })];
  if (state.state === 'loading') return [loadingNode, ...shownBefore(element)];
  const nodes = distinct(valueOf(state) ?? []);
  const page = nodes.slice(0, element.limit);
  const hidden = nodes.length - page.length;
  return [
    ...(state.state === 'stale' ? [staleNode(state.since, { error: state.error, retry })] : []),
    ...(nodes.length === 0 ? emptiness(element.node.branch?.empty) : page),
    ...(hidden > 0 ? [moreNode(hidden, showMore)] : []),
  ];
}

function emptiness(text: string | undefined): readonly TreeNode[] {
  return text ? [emptyNode(text)] : [];
}

function shownBefore(element: TreeElement): readonly TreeNode[] {
  return (element.children ?? []).map((child) => child.node).filter((node) => !isPlaceholder(node));
}

/** VS Code refuses a whole view for one id that is there twice; a repeated key loses its row, not the view. */
function distinct(nodes: readonly TreeNode[]): readonly TreeNode[] {
  const keys = new Set(nodes.map((node) => node.key));
  return keys.size === nodes.length ? nodes : [...new Map(nodes.map((node) => [node.key, node])).values()];
}
