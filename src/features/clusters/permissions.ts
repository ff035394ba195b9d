import { apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import type { Opening } from './opening.ts';

/**
 * The word by which menus know whether to offer a change of replicas: `scalable`, or `readonly` once the server has said
 * that the user may not patch the HPAs of the namespace. Asked when the rows are first seen.
 */
export function scalableWord(opening: Opening, namespace: string): () => string {
  const { group, resource } = apiKinds.horizontalpodautoscalers;
  const isForbidden = opening.isForbidden({ verb: 'patch', group, resource, namespace });
  return () => (isForbidden() ? 'readonly' : 'scalable');
}
