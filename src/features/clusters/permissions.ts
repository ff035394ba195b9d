import { apiKinds } from '../../domain/kubernetes/api-kinds.ts';
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
