import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { ChartFile, Release, ReleaseHook } from '../../../domain/helm/model.ts';
import type { JsonObject } from '../../../domain/remediation/json.ts';
import { isRecord } from '../kubeconfig.ts';
import { millis } from '../kinds/meta.ts';

/** Packed, a release is at most 1 MB; unpacked, whatever is bigger than this was not rendered by a chart. Bytes. */
const longest = 32 * 1024 * 1024;
const unpack = promisify(gunzip);

export type ReleaseKey = Pick<Release, 'namespace' | 'name' | 'revision'>;

/**
 * All of a Helm release: base64(gzip(JSON)) as a Secret's `data.release` holds it when its own base64 is taken off.
 * Source: helm.sh/helm pkg/storage/driver/util.go (decodeRelease), which takes plain JSON, too.
 * @throws JarvisError helm.malformed also where the payload is another release's than the Secret's name says
 */
export async function decodeRelease(payload: string, expected: ReleaseKey): Promise<Release> {
  const raw = await readJson(Buffer.from(payload, 'base64')).catch((error: unknown) => {
    throw malformed(expected, error);
  });
  if (!isRecord(raw)) throw malformed(expected, new TypeError(t('it is not an object')));
  const release = project(raw);
  const { namespace, name, revision } = release;
  if (name !== expected.name || revision !== expected.revision || namespace !== expected.namespace)
    throw malformed(expected, new RangeError(t('it is of {0} revision {1} in {2}', name, revision, namespace)));
  return release;
}

/** Unpacked off this thread. A bomb is given up on as soon as it is too long. */
async function readJson(packed: Buffer): Promise<unknown> {
  const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
  const json = isPacked ? await unpack(packed, { maxOutputLength: longest }).catch(tooBig) : packed;
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    // the parser's own words quote what it read: values, Secrets
    throw new SyntaxError(t('it is not JSON'));
  }
}

function tooBig(error: unknown): never {
  const isTooBig = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  throw isTooBig ? new RangeError(t('it is too big')) : error;
}

function malformed({ namespace, name, revision }: ReleaseKey, cause: unknown): JarvisError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new JarvisError({
    code: 'helm.malformed',
    message: t('Revision {0} of the release {1} in {2} cannot be read: {3}', revision, name, namespace, reason),
    cause,
    remedies: [{ kind: 'retry' }],
  });
}

type Fields = Readonly<Record<string, unknown>>;

/** Field names: the JSON tags of helm.sh/helm pkg/release and pkg/chart. */
function project(raw: Fields): Release {
  const info = record(raw['info']);
  const chart = record(raw['chart']);
  const metadata = record(chart['metadata']);
  const firstDeployed = millis(text(info['first_deployed']));
  const updatedAt = millis(text(info['last_deployed']));
  return {
    namespace: text(raw['namespace']),
    name: text(raw['name']),
    revision: number(raw['version']),
    status: text(info['status']),
    chart: {
      name: text(metadata['name']),
      version: text(metadata['version']),
      appVersion: text(metadata['appVersion']),
    },
    values: record(raw['config']) as JsonObject,
    manifest: text(raw['manifest']),
    hooks: list(raw['hooks']).map(hook),
    crds: list(chart['files']).map(file).filter(isCrd),
    notes: text(info['notes']),
    ...(firstDeployed !== undefined && { firstDeployed }),
    ...(updatedAt !== undefined && { updatedAt }),
    description: text(info['description']),
  };
}

function hook(raw: Fields): ReleaseHook {
  return {
    name: text(raw['name']),
    kind: text(raw['kind']),
    events: texts(raw['events']),
    weight: number(raw['weight']),
    deletePolicies: texts(raw['delete_policies']),
    manifest: text(raw['manifest']),
  };
}

function file(raw: Fields): ChartFile {
  return { path: text(raw['name']), text: Buffer.from(text(raw['data']), 'base64').toString('utf8') };
}

/** Source: helm.sh/helm pkg/chart, chart.go (CRDObjects, hasManifestExtension). */
function isCrd({ path }: ChartFile): boolean {
  return path.startsWith('crds/') && /\.(ya?ml|json)$/i.test(path);
}

function record(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function number(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}
