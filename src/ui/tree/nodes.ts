import type { Nodes, TreeNode } from './model.ts';

/** A node for each item; made when it is shown, so that thousands that are not cost nothing. */
export function manyNodes<T>(items: readonly T[], toNode: (item: T) => TreeNode): Nodes {
  return { length: items.length, slice: (start, end) => items.slice(start, end).map(toNode) };
}

/** Several lists as one, in their order. */
export function joinedNodes(parts: readonly Nodes[]): Nodes {
  return {
    length: parts.reduce((sum, { length }) => sum + length, 0),
    slice(start, end) {
      const nodes: TreeNode[] = [];
      let before = 0;
      for (const part of parts) {
        if (before < end && before + part.length > start)
          nodes.push(...part.slice(Math.max(0, start - before), Math.min(part.length, end - before)));
        before += part.length;
      }
      return nodes;
    },
  };
}
