import { notFound, ok } from './answers.ts';
import { environmentJson } from './json-actions.ts';
import { branch, content, fullCommit, fullRepository, gitRef, publicUser } from './json-repository.ts';
import { type Call, type Route, route } from './router.ts';
import { head, type State } from './state.ts';

/** User, repository, branches, refs, commits, contents, environments. */
export function repositoryRoutes(state: State): readonly Route[] {
  const { site } = state;
  const repo = '/repos/{owner}/{repo}';
  return [
    route('GET', '/user', ({ user }) => ok(publicUser(site, user.login))),
    route('GET', repo, ({ user }) => {
      const push = user.access === 'write';
      return ok(fullRepository(site, { admin: false, maintain: false, push, triage: push, pull: true }));
    }),
    route('GET', `${repo}/branches/{branch}`, async ({ params }) =>
      ok(branch(site, await head(state, `refs/heads/${params['branch'] ?? ''}`))),
    ),
    route('GET', `${repo}/git/ref/{ref}`, async ({ params }) =>
      ok(gitRef(site, await head(state, `refs/${params['ref'] ?? ''}`))),
    ),
    route('GET', `${repo}/commits/{ref}`, async ({ params }) =>
      ok(fullCommit(site, (await head(state, params['ref'])).commit)),
    ),
    route('GET', `${repo}/contents/{path}`, (call) => contents(state, call)),
    route('GET', `${repo}/environments/{environment_name}`, (call) => environment(state, call)),
  ];
}

function environment({ site, environments, runs, engine }: State, { params, user }: Call) {
  const name = params['environment_name'] ?? '';
  const isNamed = runs.some(({ jobs }) => jobs.some(({ file }) => file.environment === name));
  if (!environments.has(name) && !isNamed)
    throw notFound('https://docs.github.com/rest/deployments/environments#get-an-environment');
  return ok(environmentJson(site, name, engine.asksForApproval(name) ? user.login : undefined));
}

async function contents({ source, site, ...state }: State, { params, query }: Call) {
  const ref = query.get('ref') ?? source.defaultBranch;
  const path = params['path'] ?? '';
  const { sha } = (await head({ source, site, ...state }, ref)).commit;
  const files = await source.list(sha, path);
  if (files.length > 0) return ok(files.map((file) => content(site, ref, file)));
  const text = await source.read(sha, path);
  if (text === undefined) throw notFound('https://docs.github.com/rest/repos/contents#get-repository-content');
  return ok(content(site, ref, path, text));
}
