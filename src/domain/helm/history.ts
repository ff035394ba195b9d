import type { ReleaseRevision } from '../kubernetes/model.ts';

/** A release is what its newest revision says. */
export interface KnownRelease {
  readonly name: string;
  readonly newest: ReleaseRevision;
}

/** The releases of which there are revisions. */
export function newestOf(revisions: Iterable<ReleaseRevision>): readonly KnownRelease[] {
  const byRelease = new Map<string, ReleaseRevision>();
  for (const revision of revisions) {
    const key = JSON.stringify([revision.namespace, revision.release]);
    const known = byRelease.get(key);
    if (!known || known.revision < revision.revision) byRelease.set(key, revision);
  }
  return [...byRelease.values()].map((newest) => ({ name: newest.release, newest }));
}
