import { isCancelled, JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { Configuration, Pod } from '../kubernetes/model.ts';
import { once } from '../kubernetes/once.ts';
import type { SecretAges } from './secret-ages.ts';
import { type Source, sourcesOf } from './sources.ts';

/** When it was last written, ms since the epoch; that it is not there; or why that is not known. */
export type Written = { readonly changedAt: number } | 'absent' | JarvisError;

/** What is known of all that pods have from their start. */
export type Known = (source: Source) => Written;

type Listed = readonly Configuration[] | JarvisError;

export function knownOf(
  listed: { readonly Secret: Listed; readonly ConfigMap: Listed },
  vault: ReadonlyMap<string, Written>,
): Known {
  return ({ kind, name }) => {
    if (kind === 'Vault') return vault.get(name) ?? unnamed();
    const all = listed[kind];
    return all instanceof JarvisError ? all : (all.find((one) => one.name === name) ?? 'absent');
  };
}

/** Of what these pods of one namespace have, now. What may not be seen is known to be unknown. @throws CancelledError */
export async function readKnown(
  { cluster, vault }: { readonly cluster: Cluster; readonly vault?: SecretAges },
  { namespace, pods }: { readonly namespace: string; readonly pods: readonly Pod[] },
  signal: AbortSignal,
): Promise<Known> {
  const list = (kind: 'secrets' | 'configmaps') => once(cluster, kind, namespace, signal).catch(unlessCancelled);
  const [Secret, ConfigMap, ages] = await Promise.all([
    list('secrets'),
    list('configmaps'),
    readVault(vault, pods, signal),
  ]);
  return knownOf({ Secret, ConfigMap }, ages);
}

async function readVault(
  vault: SecretAges | undefined,
  pods: readonly Pod[],
  signal: AbortSignal,
): Promise<Map<string, Written>> {
  const sources = pods.flatMap(sourcesOf).filter(({ kind, name }) => kind === 'Vault' && name !== '');
  const paths = [...new Set(sources.map(({ name }) => name))];
  const ages = paths.map(async (path) => [path, await ageOf(vault ?? nobody, path, signal)] as const);
  return new Map(await Promise.all(ages));
}

async function ageOf(vault: SecretAges, path: string, signal: AbortSignal): Promise<Written> {
  try {
    const changedAt = await vault.updatedAt(path, signal);
    return changedAt === undefined ? 'absent' : { changedAt };
  } catch (error) {
    return unlessCancelled(error);
  }
}

const nobody: SecretAges = {
  updatedAt: () =>
    Promise.reject(new JarvisError({ code: 'vault.notConfigured', message: t('nobody is asked who knows Vault.') })),
};

function unnamed(): JarvisError {
  return new JarvisError({
    code: 'vault.unnamed',
    message: t('No annotation names the secrets that the Vault agent gives.'),
  });
}

function unlessCancelled(error: unknown): JarvisError {
  if (isCancelled(error)) throw error;
  return toJarvisError(error);
}
