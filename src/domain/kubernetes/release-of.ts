import type { KubeObject } from './model.ts';

/**
 * The Helm release that an object belongs to; undefined for what belongs to none.
 * Sources: Helm marks all that it makes with the annotation `meta.helm.sh/release-name` and the label
 * `app.kubernetes.io/managed-by: Helm` (pkg/action/validate.go); charts name the release in the label
 * `app.kubernetes.io/instance` (helm.sh, "Standard Labels"), which pods and volume claims have too.
 */
export function releaseOf(
  object: Pick<KubeObject, 'labels'> & { readonly annotations?: Readonly<Record<string, string>> },
): string | undefined {
  const { labels, annotations = {} } = object;
  const named = annotations['meta.helm.sh/release-name'];
  if (named) return named;
  const instance = labels['app.kubernetes.io/instance'];
  return labels['app.kubernetes.io/managed-by'] === 'Helm' && instance ? instance : undefined;
}
