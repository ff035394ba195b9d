import { fieldAt, objectAt, objectsAt, textAt } from '../../kubernetes/field-path.ts';
import type { Json, JsonObject } from '../json.ts';

/** Where an Argo CD Application takes its manifests from. */
export interface GitPlace {
  /** `github.com/acme/shop/charts/shop`, without what may be secret in the address. */
  readonly text: string;
  /** The page of the folder, or of the values file, on a GitHub host. */
  readonly page?: string;
}

/**
 * The first source of the Application that is a folder of a repository; undefined: a chart of a registry, or nothing that
 * can be understood. Sources: Argo CD, "Multiple Sources" (where there are any, `source` is ignored); Helm: the last
 * values file wins.
 */
export function gitPlaceOf(application: JsonObject): GitPlace | undefined {
  const several = objectsAt(application, 'spec.sources');
  for (const source of several.length > 0 ? several : [objectAt(application, 'spec.source')]) {
    const repository = repositoryOf(textAt(source, 'repoURL'));
    const path = textAt(source, 'path');
    if (repository && path !== undefined) return placeOf(repository, path, source);
  }
  return undefined;
}

/** `https://HOST/OWNER/NAME.git`, `ssh://git@HOST/OWNER/NAME`, `git@HOST:OWNER/NAME.git`. */
function repositoryOf(repoUrl = ''): URL | undefined {
  const [, host, path] = /^[\w.-]+@([\w.-]+):(?!\/)(.+)$/.exec(repoUrl) ?? [];
  const url = URL.parse(host === undefined ? repoUrl.replace(/^ssh:/, 'https:') : `https://${host}/${path}`);
  return url?.protocol === 'https:'
    ? new URL(url.pathname.replace(/(\.git)?\/*$/, ''), `https://${url.hostname}`)
    : undefined;
}

function placeOf(repository: URL, path: string, source: JsonObject): GitPlace {
  const file = valuesFile(source);
  const at = new URL((file ?? '.').split('/').map(encodeURIComponent).join('/'), `https://x/${folder(path)}`).pathname;
  const where = at.replace(/\/$/, '');
  const page = `${repository.href}/${file === undefined ? 'tree' : 'blob'}/${revisionOf(source)}${where}`;
  return { text: `${repository.host}${repository.pathname}${where}`, ...(isGitHub(repository) && { page }) };
}

/** A branch, tag or commit: its slashes are the address's own. No name of one has two dots in a row. */
function revisionOf(source: JsonObject): string {
  const revision = textAt(source, 'targetRevision') ?? '';
  if (revision === '' || revision.includes('..')) return 'HEAD';
  return revision.split('/').map(encodeURIComponent).join('/');
}

function folder(path: string): string {
  const steps = path.split('/').filter((step) => step !== '' && step !== '.');
  return steps.map((step) => `${encodeURIComponent(step)}/`).join('');
}

/** A file beside the chart; not one of another source (`$ref/…`) or of the web. */
function valuesFile(source: JsonObject): string | undefined {
  const files = fieldAt(source, 'helm.valueFiles');
  const last = Array.isArray(files) ? (files as readonly Json[]).at(-1) : undefined;
  return typeof last === 'string' && !/^\$|:|^\//.test(last) ? last : undefined;
}

/** github.com, and GitHub Enterprise Servers by their usual name. */
function isGitHub({ hostname, pathname }: URL): boolean {
  return /^github\.(com$|(?!com\.))/.test(hostname) && /^\/[\w.-]+\/[\w.-]+$/.test(pathname);
}
