import { createGunzip } from 'node:zlib';
import { t } from '../../../core/l10n.ts';
import type { ReleaseHead } from '../../../domain/helm/model.ts';
import { findInPrefix } from '../json-prefix.ts';
import { millis } from '../kinds/meta.ts';

/** Chart metadata and info stand at the head; a payload that has not told them by then is not a release. */
const longestHead = 1024 * 1024;
const firstLook = 32 * 1024;
/** Helm's own sentences are short; an error that it repeats may be a book. Characters. */
const longestText = 4096;

/**
 * Reads the head of a Helm release: base64(gzip(JSON)), never more of it than is needed, so that neither a big release
 * nor a gzip bomb costs memory or blocks. Never rejects: what is malformed is told in `payloadError`.
 * Source: helm.sh/helm pkg/storage/driver/util.go (encodeRelease) and pkg/release.
 */
export async function readReleasePayload(data: Buffer | undefined): Promise<ReleaseHead> {
  try {
    if (!data || data.length === 0) return { payloadError: t('The release has no payload.') };
    return describe(await readHead(Buffer.from(data.toString('latin1'), 'base64')));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { payloadError: t('The payload of the release cannot be read: {0}', reason) };
  }
}

type Head = ReadonlyMap<string, unknown>;
const wanted = ['info', 'chart.metadata'];

/** Unpacks until the wanted parts are there; looks again each time the unpacked part has doubled. */
async function readHead(packed: Buffer): Promise<Head> {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b) return findInPrefix(packed, wanted);
  const gunzip = createGunzip();
  const chunks: Buffer[] = [];
  let size = 0;
  let nextLook = firstLook;
  gunzip.end(packed);
  for await (const chunk of gunzip as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size < nextLook) continue;
    nextLook = size * 2;
    const head = findInPrefix(Buffer.concat(chunks), wanted);
    if (head.size === wanted.length) return head;
    if (size >= longestHead) throw new RangeError(t('it is too big'));
  }
  return findInPrefix(Buffer.concat(chunks), wanted);
}

function describe(head: Head): ReleaseHead {
  const info = asRecord(head.get('info'));
  const metadata = asRecord(head.get('chart.metadata'));
  if (!info || !metadata) return { payloadError: t('The payload of the release names no chart.') };
  const updatedAt = millis(asText(info['last_deployed']));
  return {
    chart: {
      name: asText(metadata['name']),
      version: asText(metadata['version']),
      appVersion: asText(metadata['appVersion']),
    },
    ...(updatedAt !== undefined && { updatedAt }),
    description: asText(info['description']),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
}

function asText(value: unknown): string {
  if (typeof value !== 'string') return '';
  // copied: a part of a text keeps all of it in memory
  return value.length > longestText ? Buffer.from(value.slice(0, longestText)).toString() : value;
}
