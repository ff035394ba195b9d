/** The git side of the practice repository. */
export interface RepositorySource {
  /** Folder that a runner works in. */
  readonly workTree: string;
  readonly defaultBranch: string;
  /** A branch or tag, short or full (`main`, `refs/heads/main`). Undefined where there is none. */
  resolve(ref: string): Promise<ResolvedRef | undefined>;
  /** Undefined where the commit has no such file. */
  read(sha: string, path: string): Promise<string | undefined>;
  /** Paths of the files directly in a folder; empty where there is no folder. */
  list(sha: string, folder: string): Promise<readonly string[]>;
}

export interface ResolvedRef {
  /** Full name: `refs/heads/main`. */
  readonly ref: string;
  readonly commit: Commit;
}

export interface Commit {
  readonly sha: string;
  readonly treeSha: string;
  readonly message: string;
  /** ISO 8601. */
  readonly date: string;
  readonly author: { readonly name: string; readonly email: string };
}

export const workflowFolder = '.github/workflows';

/** `refs/heads/main` → `main`. */
export function shortRef(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}
