import { gzipSync } from 'node:zlib';
import type { Release } from '../../../src/domain/helm/model.ts';
import { recordName } from '../../../src/domain/helm/record.ts';
import type { FakeObject } from '../fake-apiserver.ts';

/** The third revision of sock-shop, deployed. */
export function aWholeRelease(over: Partial<Release> = {}): Release {
  return {
    namespace: 'sock-shop',
    name: 'sock-shop',
    revision: 3,
    status: 'deployed',
    chart: { name: 'sock-shop', version: '1.4.0', appVersion: '0.3.12' },
    values: { frontEnd: { replicas: 2 } },
    manifest: '',
    hooks: [],
    crds: [],
    notes: 'Visit the shop.\n',
    firstDeployed: Date.parse('2026-11-20T10:00:00Z'),
    updatedAt: Date.parse('2026-11-21T00:00:00.500Z'),
    description: 'Upgrade complete',
    ...over,
  };
}

/** The release as Helm writes it. Source: the JSON tags of helm.sh/helm pkg/release and pkg/chart. */
export function storedRelease(release: Release, more: object = {}): object {
  const { name, namespace, revision, status, chart, values, manifest, hooks, crds, notes, description } = release;
  const data = (text: string) => Buffer.from(text).toString('base64');
  const time = (ms: number | undefined) => (ms === undefined ? '' : new Date(ms).toISOString());
  return {
    name,
    info: {
      first_deployed: time(release.firstDeployed),
      last_deployed: time(release.updatedAt),
      deleted: '',
      description,
      status,
      notes,
    },
    chart: {
      metadata: chart,
      templates: [{ name: 'templates/a.yaml', data: data('{{ .Values.a }}') }],
      values: { of: 'the chart' },
      files: [
        { name: 'README.md', data: data('# Readme') },
        ...crds.map(({ path, text }) => ({ name: path, data: data(text) })),
      ],
    },
    config: values,
    manifest,
    hooks: hooks.map(({ deletePolicies, ...hook }) => ({ ...hook, delete_policies: deletePolicies })),
    version: revision,
    namespace,
    ...more,
  };
}

/** base64(gzip(JSON)), which a Secret's own base64 comes on top of. */
export function packedRelease(stored: unknown): string {
  return gzipSync(JSON.stringify(stored)).toString('base64');
}

/** The Secret of the release, as the API server gives it. */
export function releaseSecret(release: Release): FakeObject {
  const { namespace, name, revision, status } = release;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'helm.sh/release.v1',
    metadata: {
      name: recordName(name, revision),
      namespace,
      uid: `uid-${name}-${revision}`,
      labels: { owner: 'helm', name, status, version: String(revision) },
    },
    data: { release: Buffer.from(packedRelease(storedRelease(release))).toString('base64') },
  };
}
