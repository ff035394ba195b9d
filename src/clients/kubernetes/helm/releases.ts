import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Release, ReleaseHead } from '../../../domain/helm/model.ts';
import { recordName } from '../../../domain/helm/record.ts';
import { apiPath } from '../../../domain/kubernetes/api-path.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { releaserecords } from '../kinds/releases.ts';
import type { Transport } from '../transport.ts';
import { readReleasePayload } from './payload-head.ts';
import { decodeRelease } from './payload.ts';

const secrets = { group: '', version: 'v1', resource: 'secrets' } as const;
const metadataOnly = 'application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io';

/** All revisions of a release, the newest first, by their metadata alone. @throws JarvisError helm.notFound, kube.* */
export async function readHistory(
  transport: Transport,
  namespace: string,
  name: string,
  signal: AbortSignal,
): Promise<readonly ReleaseRevision[]> {
  // a name that no label can have is no selector's either
  if (!labelValue.test(name)) throw notFound(namespace, name);
  const answer: { readonly items?: readonly unknown[] } = await transport.json(
    {
      path: apiPath(secrets, namespace),
      query: { labelSelector: `owner=helm,name=${name}` },
      accept: metadataOnly,
    },
    signal,
  );
  const revisions = (answer.items ?? []).map((item) => releaserecords.fromJson(item).object);
  if (revisions.length === 0) throw notFound(namespace, name);
  return revisions.sort((a, b) => b.revision - a.revision);
}

/** One revision whole. @throws JarvisError helm.notFound, helm.malformed, kube.* */
export async function readRelease(transport: Transport, ...key: RevisionKey): Promise<Release> {
  const [namespace, name, revision] = key;
  const payload = await readPayload(transport, ...key);
  return decodeRelease(payload.toString('latin1'), { namespace, name, revision });
}

/** What a row shows of one revision. @throws JarvisError helm.notFound, kube.* */
export async function readReleaseHead(transport: Transport, ...key: RevisionKey): Promise<ReleaseHead> {
  return readReleasePayload(await readPayload(transport, ...key));
}

type RevisionKey = readonly [namespace: string, name: string, revision: number, signal: AbortSignal];

/** Without the Secret's own base64. */
async function readPayload(transport: Transport, ...[namespace, name, revision, signal]: RevisionKey): Promise<Buffer> {
  const secret: { readonly data?: { readonly release?: unknown } } = await transport
    .json({ path: apiPath(secrets, namespace, recordName(name, revision)) }, signal)
    .catch((error: unknown) => {
      const isMissing = error instanceof JarvisError && error.code === 'kube.notFound';
      throw isMissing ? notFound(namespace, name, revision, error) : error;
    });
  const stored = secret.data?.release;
  return Buffer.from(typeof stored === 'string' ? stored : '', 'base64');
}

/** Source: k8s.io/apimachinery pkg/util/validation (IsValidLabelValue). */
const labelValue = /^[a-z0-9]([-a-z0-9_.]{0,61}[a-z0-9])?$/i;

function notFound(namespace: string, name: string, revision?: number, cause?: unknown): JarvisError {
  return new JarvisError({
    code: 'helm.notFound',
    message:
      revision === undefined
        ? t('There is no Helm release {0} in {1}.', name, namespace)
        : t('The Helm release {0} in {1} has no revision {2}, or no longer.', name, namespace, revision),
    cause,
    remedies: [{ kind: 'retry' }],
  });
}
