import type { Pod } from '../kubernetes/model.ts';
import { controllerOf } from '../kubernetes/workload-of.ts';

/** A tag that pods of one template pulled at different times, and that was moved in between. */
export interface MovedImage {
  readonly container: string;
  readonly image: string;
  /** How many different ones run under it. */
  readonly builds: number;
}

/**
 * Containers of one revision that run different images under the same name. Source: core/v1 ContainerStatus.imageID, on
 * containerd the digest that was pulled.
 */
export function movedImages(pods: readonly Pod[]): readonly MovedImage[] {
  const builds = new Map<string, { readonly container: string; readonly image: string; readonly ids: Set<string> }>();
  for (const pod of pods) {
    for (const { name: container, image, imageId } of pod.containers) {
      if (imageId === undefined || image.includes('@')) continue;
      const key = JSON.stringify([revisionOf(pod), container, image]);
      const known = builds.get(key);
      if (known) known.ids.add(digestOf(imageId));
      else builds.set(key, { container, image, ids: new Set([digestOf(imageId)]) });
    }
  }
  const moved = [...builds.values()].filter(({ ids }) => ids.size > 1);
  return moved.map(({ container, image, ids }) => ({ container, image, builds: ids.size }));
}

function revisionOf({ owners, labels }: Pod): string {
  return `${controllerOf({ owners })?.uid ?? ''} ${labels['controller-revision-hash'] ?? ''}`;
}

/** `docker-pullable://registry/name@sha256:…` and `registry/name@sha256:…` are the same image. */
function digestOf(imageId: string): string {
  return imageId.slice(imageId.lastIndexOf('@') + 1);
}
