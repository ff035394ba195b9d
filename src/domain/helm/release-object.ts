import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ReleaseRevision } from '../kubernetes/model.ts';
import type { JsonObject } from '../remediation/json.ts';
import type { Release, ReleaseReader } from './model.ts';

/**
 * A release as if it were one object of the API, so that what is done to it is pinned, guarded and verified like anything
 * else: `revision` and `status` of its newest revision, and `deployed`, the revision that is. Its UID is the time of its
 * first deployment, which all of its revisions share and one that was installed anew does not have.
 * Source: helm.sh/helm pkg/action, upgrade.go and rollback.go (FirstDeployed).
 */
export function releaseObject(history: readonly ReleaseRevision[], newest: Release): JsonObject {
  const { namespace, name, revision, firstDeployed } = newest;
  const record = history.find((one) => one.revision === revision);
  if (!record || firstDeployed === undefined)
    throw new JarvisError({
      code: 'helm.malformed',
      message: t('Revision {0} of {1} does not say when the release was first deployed.', revision, name),
    });
  const deployed = history.find(({ status }) => status === 'deployed')?.revision;
  return {
    kind: 'Release',
    metadata: { namespace, name, uid: String(firstDeployed), resourceVersion: record.resourceVersion },
    revision,
    status: record.status,
    ...(deployed !== undefined && { deployed }),
  };
}

/** The same, read now. @throws JarvisError kube.notFound (no release of that name), helm.malformed, kube.* */
export async function readReleaseObject(
  releases: ReleaseReader,
  { namespace, name }: { readonly namespace: string; readonly name: string },
  signal: AbortSignal,
): Promise<JsonObject> {
  try {
    const history = await releases.history(namespace, name, signal);
    const newest = await releases.read(namespace, name, history[0]?.revision ?? 0, signal);
    return releaseObject(history, newest);
  } catch (error) {
    if (!(error instanceof JarvisError) || error.code !== 'helm.notFound') throw error;
    const { message, remedies } = error;
    throw new JarvisError({ code: 'kube.notFound', message, remedies, cause: error });
  }
}
