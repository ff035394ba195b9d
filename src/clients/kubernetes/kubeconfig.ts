import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join } from 'node:path';
import { JarvisError, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { parseYaml } from '../yaml.ts';

type Fields = Readonly<Record<string, unknown>>;
/** `{name, cluster: {…}}` and so on, as the file has it. */
export interface NamedEntry {
  readonly name: string;
  readonly fields: Fields;
  /** The folder of its file: relative paths start there. */
  readonly folder: string;
}

/** The files merged as kubectl does it: of a name that occurs twice, and of current-context, the first wins. */
export interface Kubeconfig {
  readonly contexts: readonly ClusterRef[];
  readonly currentContext: string | undefined;
  /** A file that could not be read; the others are here nevertheless. */
  readonly problem: JarvisError | undefined;
  /** The entries behind a context; undefined when it is gone or names another server now. */
  find(ref: ClusterRef): { readonly cluster: NamedEntry; readonly user: NamedEntry | undefined } | undefined;
  /** The namespaces that the contexts of this server name, the context's own first; `default` where one names none. */
  namespacesOn(ref: ClusterRef): readonly string[];
}

/** What the files said when they could last be read: one that is broken is being edited, and counts as it was. */
export type KnownFiles = Map<string, KubeconfigFile>;

/** @throws JarvisError kube.kubeconfigMissing (no file is there), kube.kubeconfigBroken (none could ever be read) */
export async function loadKubeconfig(paths: readonly string[], known: KnownFiles = new Map()): Promise<Kubeconfig> {
  const files = await Promise.all(paths.map(async (path) => ({ path, read: await readOne(path) })));
  const problem = files.map(({ read }) => read).find((read) => read instanceof JarvisError);
  const usable = files.flatMap(({ path, read }) => {
    const file = read instanceof JarvisError ? known.get(path) : read;
    if (file) known.set(path, file);
    else known.delete(path);
    return file ? [file] : [];
  });
  if (usable.length === 0) throw problem ?? missing(paths);
  return mergeKubeconfigs(usable, problem);
}

export interface KubeconfigFile {
  readonly currentContext: string;
  readonly clusters: readonly NamedEntry[];
  readonly contexts: readonly NamedEntry[];
  readonly users: readonly NamedEntry[];
}

export function mergeKubeconfigs(files: readonly KubeconfigFile[], problem?: JarvisError): Kubeconfig {
  const clusters = firstByName(files.flatMap((file) => file.clusters));
  const users = firstByName(files.flatMap((file) => file.users));
  const contexts = firstByName(files.flatMap((file) => file.contexts));
  const refs = [...contexts.values()].flatMap((context) => {
    const cluster = text(context.fields['cluster']);
    const server = serverOf(clusters.get(cluster));
    return server ? [{ context: context.name, server, cluster }] : [];
  });
  return {
    contexts: refs,
    currentContext: files.find((file) => file.currentContext)?.currentContext,
    problem,
    find(ref) {
      const context = contexts.get(ref.context);
      const cluster = clusters.get(text(context?.fields['cluster']));
      if (!context || !cluster || serverOf(cluster) !== ref.server) return undefined;
      return { cluster, user: users.get(text(context.fields['user'])) };
    },
    namespacesOn({ context, server }) {
      const there = refs.filter((ref) => ref.server === server);
      const own = there.filter((ref) => ref.context === context);
      return [...new Set([...own, ...there].map((ref) => namespaceOf(contexts.get(ref.context))))];
    },
  };
}

function namespaceOf(context: NamedEntry | undefined): string {
  return text(context?.fields['namespace']) || 'default';
}

function serverOf(cluster: NamedEntry | undefined): string {
  return text(cluster?.fields['server']).replace(/\/$/, '');
}

function firstByName(entries: readonly NamedEntry[]): Map<string, NamedEntry> {
  const byName = new Map<string, NamedEntry>();
  for (const entry of entries) if (!byName.has(entry.name)) byName.set(entry.name, entry);
  return byName;
}

/** Undefined: there is no such file, which is no fault as long as another one is. */
async function readOne(path: string): Promise<KubeconfigFile | JarvisError | undefined> {
  try {
    return parseKubeconfig(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    return error instanceof JarvisError ? error : broken(path, error);
  }
}

/** @throws JarvisError kube.kubeconfigBroken */
export function parseKubeconfig(content: string, path: string): KubeconfigFile {
  try {
    const root = parseYaml(content);
    if (root === null) return fileOf({}, path);
    if (!isRecord(root)) throw new SyntaxError(t('it is not a kubeconfig'));
    return fileOf(root, path);
  } catch (error) {
    throw broken(path, error);
  }
}

function fileOf(root: Fields, path: string): KubeconfigFile {
  const folder = dirname(path);
  return {
    currentContext: text(root['current-context']),
    clusters: entries(root['clusters'], 'cluster', folder),
    contexts: entries(root['contexts'], 'context', folder),
    users: entries(root['users'], 'user', folder),
  };
}

/** Entries without a name or content are left out, as kubectl does. */
function entries(list: unknown, key: string, folder: string): NamedEntry[] {
  if (!Array.isArray(list)) return [];
  return list.filter(isRecord).flatMap((entry) => {
    const name = text(entry['name']);
    const fields = entry[key];
    return name && isRecord(fields) ? [{ name, fields, folder }] : [];
  });
}

/** A path as the file means it: relative to the file's own folder. */
export function absolute(folder: string, path: string): string {
  return isAbsolute(path) ? path : join(folder, path);
}

export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const openSetting: Remedy = { kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' };

function missing(paths: readonly string[]): JarvisError {
  return new JarvisError({
    code: 'kube.kubeconfigMissing',
    message: paths.length === 0 ? t('No kubeconfig is set.') : t('There is no kubeconfig at {0}.', paths.join(', ')),
    remedies: [openSetting],
  });
}

function broken(path: string, error: unknown): JarvisError {
  const reason = error instanceof Error ? error.message : String(error);
  return new JarvisError({
    code: 'kube.kubeconfigBroken',
    message: t('The kubeconfig {0} cannot be read: {1}', path, reason),
    cause: error,
    remedies: [{ kind: 'openFile', path }, openSetting],
  });
}
