import { type ApiKindName, apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import type { TreeNode } from '../../ui/tree/model.ts';
import type { Opening } from './opening.ts';
import type { ClustersPorts } from './ports.ts';

/**
 * The word by which menus know whether to offer a change of replicas: `scalable`, or `readonly` once the server has said
 * that the user may not patch the HPAs of the namespace. Asked when the rows are first seen. Other routes than the direct
 * one write with rights of their own.
 */
export function scalableWord({ defaultRoute }: ClustersPorts, opening: Opening, namespace: string): () => string {
  const { group, resource } = apiKinds.horizontalpodautoscalers;
  const isForbidden = opening.isForbidden({ verb: 'patch', group, resource, namespace });
  return () => (defaultRoute() === 'direct' && isForbidden() ? 'readonly' : 'scalable');
}

/** The same for what is changed in objects of a kind themselves: `noWrite`, or nothing. */
export function writeWord(ports: ClustersPorts, opening: Opening, namespace: string, kind: ApiKindName): () => string {
  const { group, resource } = apiKinds[kind];
  const isForbidden = opening.isForbidden({ verb: 'patch', group, resource, namespace });
  return () => (ports.defaultRoute() === 'direct' && isForbidden() ? 'noWrite' : '');
}

/**
 * The words by which menus know what not to offer once the server has said that the user may not do it with the pods of the
 * namespace: `noForward`, `noShell`. Both are upgrades of a GET, and since 1.35 need the right to create as well.
 * Source: Kubernetes' feature gate AuthorizePodWebsocketUpgradeCreatePermission.
 */
export function barredWords(opening: Opening, namespace: string): () => string {
  const { group, resource } = apiKinds.pods;
  const isBarred = (verb: string, subresource: string) =>
    opening.isForbidden({ verb, group, resource, subresource, namespace });
  const words = { noForward: isBarred('get', 'portforward'), noShell: isBarred('create', 'exec') };
  return () =>
    Object.entries(words)
      .flatMap(([word, isForbidden]) => (isForbidden() ? [word] : []))
      .join(' ');
}

/** The node with these words beside those of its row. */
export function withWords(node: TreeNode, words: () => string): TreeNode {
  const row = () => {
    const { context = '', ...rest } = node.row();
    return { ...rest, context: `${context} ${words()}`.trim() };
  };
  return { ...node, row };
}
