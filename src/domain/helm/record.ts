/** The Secret that holds a revision. Source: helm.sh/helm pkg/storage, storage.go (makeKey). */
export function recordName(release: string, revision: number): string {
  return `sh.helm.release.v1.${release}.v${revision}`;
}

/** What a Secret of that name holds; undefined where it is none of Helm's. */
export function releaseOfRecord(name: string): { readonly name: string; readonly revision: number } | undefined {
  const [, release, revision] = /^sh\.helm\.release\.v1\.(.+)\.v(\d+)$/.exec(name) ?? [];
  return release === undefined ? undefined : { name: release, revision: Number(revision) };
}
