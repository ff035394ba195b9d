/** The Secret that holds a revision. Source: helm.sh/helm pkg/storage, storage.go (makeKey). */
export function recordName(release: string, revision: number): string {
  return `sh.helm.release.v1.${release}.v${revision}`;
}
