import { createHash } from 'node:crypto';
import type { Commit, RepositorySource, ResolvedRef } from './repository.ts';
import { shortRef } from './repository.ts';

/** A repository of a few texts, for the practice mode and for tests: one branch, each change a commit. */
export class MemoryRepository implements RepositorySource {
  readonly workTree = '.';
  readonly defaultBranch = 'main';
  readonly #snapshots = new Map<string, ReadonlyMap<string, string>>();
  #head: Commit;

  constructor(files: Readonly<Record<string, string>>) {
    this.#head = this.#commit(new Map(Object.entries(files)), 'Add the workflows');
  }

  /** Writes a file, or removes it where the text is undefined. */
  change(path: string, text: string | undefined): void {
    const files = new Map(this.#snapshots.get(this.#head.sha));
    if (text === undefined) files.delete(path);
    else files.set(path, text);
    this.#head = this.#commit(files, `Change ${path}`);
  }

  resolve(ref: string): Promise<ResolvedRef | undefined> {
    const known = shortRef(ref) === this.defaultBranch;
    return Promise.resolve(known ? { ref: `refs/heads/${this.defaultBranch}`, commit: this.#head } : undefined);
  }

  read(sha: string, path: string): Promise<string | undefined> {
    return Promise.resolve(this.#snapshots.get(sha)?.get(path));
  }

  list(sha: string, folder: string): Promise<readonly string[]> {
    const paths = [...(this.#snapshots.get(sha)?.keys() ?? [])];
    const inside = (path: string) => path.startsWith(`${folder}/`) && !path.slice(folder.length + 1).includes('/');
    return Promise.resolve(paths.filter(inside).sort());
  }

  #commit(files: ReadonlyMap<string, string>, message: string): Commit {
    const treeSha = sha1(JSON.stringify([...files]));
    const sha = sha1(`${message} ${treeSha} ${this.#snapshots.size}`);
    this.#snapshots.set(sha, files);
    return {
      sha,
      treeSha,
      message,
      date: '2026-11-21T09:00:00Z',
      author: { name: 'Practice', email: 'practice@example.com' },
    };
  }
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}
