import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RepositorySource, ResolvedRef } from './repository.ts';

const run = promisify(execFile);

/** A real git repository in a folder; needs the git program. */
export async function gitRepository(workTree: string): Promise<RepositorySource> {
  const git = async (...args: string[]) => (await run('git', ['-C', workTree, ...args], { encoding: 'utf8' })).stdout;
  const orUndefined = (text: Promise<string>) => text.catch(() => undefined);
  const defaultBranch = (await git('symbolic-ref', '--short', 'HEAD')).trim();

  return {
    workTree,
    defaultBranch,
    async resolve(ref) {
      const candidates = ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
      for (const name of candidates) {
        const log = await orUndefined(git('log', '-1', '--format=%H%n%T%n%cI%n%an%n%ae%n%B', name, '--'));
        if (log !== undefined) return resolved(name, log);
      }
      return undefined;
    },
    read: (sha, path) => orUndefined(git('show', `${sha}:${path}`)),
    async list(sha, folder) {
      const listing = await git('ls-tree', '-z', '--name-only', sha, `${folder}/`);
      return listing.split('\0').filter((path) => path !== '');
    },
  };
}

function resolved(ref: string, log: string): ResolvedRef {
  const [sha = '', treeSha = '', date = '', name = '', email = '', ...message] = log.split('\n');
  return { ref, commit: { sha, treeSha, date, author: { name, email }, message: message.join('\n').trim() } };
}
