import type { Commit, ResolvedRef } from './repository.ts';
import { shortRef } from './repository.ts';

/** Addresses that the answers carry. */
export interface Site {
  /** Root of the API, without a slash at its end. */
  readonly apiUrl: string;
  /** Root of the pages that people open. */
  readonly htmlUrl: string;
  /** `owner/name` */
  readonly repository: string;
  readonly defaultBranch: string;
}

export const repoApi = (site: Site) => `${site.apiUrl}/repos/${site.repository}`;
export const repoHtml = (site: Site) => `${site.htmlUrl}/${site.repository}`;
export const nodeId = (kind: string, id: number | string) => Buffer.from(`${kind}:${id}`).toString('base64');
export const iso = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

const epoch = '2024-01-01T00:00:00Z';
const userLinks = {
  followers: '/followers',
  following: '/following{/other_user}',
  gists: '/gists{/gist_id}',
  starred: '/starred{/owner}{/repo}',
  subscriptions: '/subscriptions',
  organizations: '/orgs',
  repos: '/repos',
  events: '/events{/privacy}',
  received_events: '/received_events',
};

/** Schema `simple-user`. */
export function simpleUser(site: Site, login: string) {
  const url = `${site.apiUrl}/users/${login}`;
  const links = Object.entries(userLinks).map(([name, path]) => [`${name}_url`, url + path]);
  return {
    login,
    id: 1000 + login.length,
    node_id: nodeId('User', login),
    avatar_url: `${site.htmlUrl}/avatars/${login}`,
    gravatar_id: '',
    url,
    html_url: `${site.htmlUrl}/${login}`,
    ...(Object.fromEntries(links) as Record<string, string>),
    type: 'User',
    site_admin: false,
  };
}

/** Schema `public-user`. */
export function publicUser(site: Site, login: string) {
  const unknown = { name: null, company: null, blog: null, location: null, email: null, hireable: null, bio: null };
  const counts = { public_repos: 0, public_gists: 0, followers: 0, following: 0 };
  return { ...simpleUser(site, login), ...unknown, ...counts, created_at: epoch, updated_at: epoch };
}

const repoLinks = {
  archive: '/{archive_format}{/ref}',
  assignees: '/assignees{/user}',
  blobs: '/git/blobs{/sha}',
  branches: '/branches{/branch}',
  collaborators: '/collaborators{/collaborator}',
  comments: '/comments{/number}',
  commits: '/commits{/sha}',
  compare: '/compare/{base}...{head}',
  contents: '/contents/{+path}',
  contributors: '/contributors',
  deployments: '/deployments',
  downloads: '/downloads',
  events: '/events',
  forks: '/forks',
  git_commits: '/git/commits{/sha}',
  git_refs: '/git/refs{/sha}',
  git_tags: '/git/tags{/sha}',
  hooks: '/hooks',
  issue_comment: '/issues/comments{/number}',
  issue_events: '/issues/events{/number}',
  issues: '/issues{/number}',
  keys: '/keys{/key_id}',
  labels: '/labels{/name}',
  languages: '/languages',
  merges: '/merges',
  milestones: '/milestones{/number}',
  notifications: '/notifications{?since,all,participating}',
  pulls: '/pulls{/number}',
  releases: '/releases{/id}',
  stargazers: '/stargazers',
  statuses: '/statuses/{sha}',
  subscribers: '/subscribers',
  subscription: '/subscription',
  tags: '/tags',
  teams: '/teams',
  trees: '/git/trees{/sha}',
};

/** Schema `minimal-repository`. */
export function minimalRepository(site: Site) {
  const [owner = '', name = ''] = site.repository.split('/');
  const links = Object.entries(repoLinks).map(([link, path]) => [`${link}_url`, repoApi(site) + path]);
  return {
    id: 4_200_001,
    node_id: nodeId('Repository', site.repository),
    name,
    full_name: site.repository,
    owner: simpleUser(site, owner),
    private: true,
    html_url: repoHtml(site),
    description: null,
    fork: false,
    url: repoApi(site),
    ...(Object.fromEntries(links) as Record<string, string>),
  };
}

/** Schema `full-repository`, as far as it is required. */
export function fullRepository(site: Site, permissions: Readonly<Record<string, boolean>>) {
  const zero = ['forks_count', 'stargazers_count', 'watchers_count', 'size', 'open_issues_count', 'forks'];
  const counts = [...zero, 'open_issues', 'watchers', 'subscribers_count', 'network_count'].map((key) => [key, 0]);
  const has = ['issues', 'projects', 'wiki', 'pages', 'discussions'].map((what) => [`has_${what}`, false]);
  const clone = `${repoHtml(site)}.git`;
  return {
    ...minimalRepository(site),
    ...{ git_url: clone, ssh_url: clone, clone_url: clone, svn_url: repoHtml(site), mirror_url: null, homepage: null },
    ...(Object.fromEntries([...counts, ...has]) as Record<string, number | boolean>),
    ...{ language: null, license: null, default_branch: site.defaultBranch, archived: false, disabled: false },
    ...{ pushed_at: epoch, created_at: epoch, updated_at: epoch },
    permissions,
  };
}

/** Schema `branch-with-protection`. */
export function branch(site: Site, { ref, commit }: ResolvedRef) {
  const name = shortRef(ref);
  const self = `${repoApi(site)}/branches/${name}`;
  return {
    name,
    commit: fullCommit(site, commit),
    _links: { html: `${repoHtml(site)}/tree/${name}`, self },
    protected: false,
    protection: { enabled: false },
    protection_url: `${self}/protection`,
  };
}

/** Schema `commit`. */
export function fullCommit(site: Site, { sha, treeSha, message, author, date }: Commit) {
  const url = `${repoApi(site)}/commits/${sha}`;
  const person = { ...author, date };
  const tree = { sha: treeSha, url: `${repoApi(site)}/git/trees/${treeSha}` };
  return {
    ...{ url, sha, node_id: nodeId('Commit', sha), html_url: `${repoHtml(site)}/commit/${sha}` },
    comments_url: `${url}/comments`,
    commit: { url, author: person, committer: person, message, comment_count: 0, tree },
    author: null,
    committer: null,
    parents: [],
  };
}

/** Schema `git-ref`. */
export function gitRef(site: Site, { ref, commit }: ResolvedRef) {
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: `${repoApi(site)}/git/${ref}`,
    object: { type: 'commit', sha: commit.sha, url: `${repoApi(site)}/git/commits/${commit.sha}` },
  };
}

/** Schema `content-file`, or one entry of `content-directory` when no text is given. */
export function content(site: Site, ref: string, path: string, text?: string) {
  const url = `${repoApi(site)}/contents/${path}?ref=${ref}`;
  const html = `${repoHtml(site)}/blob/${ref}/${path}`;
  const sha = nodeId('Blob', path)
    .replace(/[^0-9a-f]/gi, '0')
    .slice(0, 40)
    .padEnd(40, '0')
    .toLowerCase();
  const git = `${repoApi(site)}/git/blobs/${sha}`;
  const bytes = Buffer.from(text ?? '');
  const lines = bytes.toString('base64').replace(/(.{60})/g, '$1\n');
  return {
    ...{ type: 'file', name: path.split('/').at(-1) ?? path, path, sha, size: bytes.length },
    ...{ url, html_url: html, git_url: git, download_url: html, _links: { self: url, git, html } },
    ...(text !== undefined && { encoding: 'base64', content: `${lines}\n` }),
  };
}
