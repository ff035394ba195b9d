import assert from 'node:assert/strict';
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { readReleasePayload } from '../../src/clients/kubernetes/helm/payload-head.ts';
import { decodeRelease } from '../../src/clients/kubernetes/helm/payload.ts';
import { findInPrefix } from '../../src/clients/kubernetes/json-prefix.ts';
import { isRecord } from '../../src/clients/kubernetes/kubeconfig.ts';
import { JarvisError } from '../../src/core/errors.ts';
import { asSet } from '../../src/domain/helm/as-set.ts';
import { manifestObjects } from '../../src/domain/helm/manifest.ts';
import { sorted } from '../../src/domain/helm/shown.ts';
import { anyJson, damaged, damagedBytes, damagedJson, mostly, text } from './generators.ts';
import { always, alwaysInTheEnd } from './support.ts';

const kept = (words: string) => words.slice(0, 4096);
const time = fc.constantFrom('2026-11-21T09:00:00.123456789+09:00', '2026-11-21T00:00:00Z', '');
const release = fc.record({
  name: text,
  info: fc.record({ first_deployed: time, last_deployed: time, deleted: time, description: text, status: text }),
  chart: fc.record({
    metadata: fc.record({ name: text, version: text, appVersion: text, apiVersion: text }),
    values: anyJson,
    templates: fc.array(fc.record({ name: text, data: text }), { maxLength: 2 }),
  }),
  manifest: text,
  version: fc.nat(),
});

/** Forty megabytes in as many thousand bytes, each of another kind of JSON. */
const bombs = ['a', '1,', '[', '{"a":', '"",', '\\"', '          '].map((piece) => {
  const head = `{"chart":{"metadata":{}},"info":${piece === 'a' || piece === '\\"' ? '"' : '['}`;
  return gzipSync(head + piece.repeat(40_000_000 / piece.length));
});

const compressions = fc.constantFrom<(bytes: Buffer) => Buffer>(
  (bytes) => gzipSync(bytes),
  (bytes) => gzipSync(bytes, { level: 0 }),
  (bytes) => bytes,
  (bytes) => deflateSync(bytes),
  (bytes) => zstdCompressSync(bytes),
  (bytes) => Buffer.concat([gzipSync(bytes), gzipSync(bytes)]),
);
const packed = fc
  .tuple(damagedJson(release), compressions)
  .map(([json, compress]) => compress(Buffer.from(JSON.stringify(json))));
const stored = damagedBytes(
  mostly(
    damagedBytes(packed),
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  ),
).map((bytes) => Buffer.from(bytes.toString('base64')));

describe('any payload of a Helm release', () => {
  alwaysInTheEnd('is read, or said to be unreadable', fc.oneof(stored, damagedBytes(stored)), async (payload) => {
    const read = await readReleasePayload(payload);
    if ('payloadError' in read) assert.ok(read.payloadError && !read.chart);
    else
      for (const words of [read.description, ...Object.values(read.chart ?? {})])
        assert.ok(String(words).length <= 4096);
    if (read.updatedAt !== undefined) assert.ok(new Date(read.updatedAt).toISOString());
  });

  alwaysInTheEnd('that is whole gives what was stored', release, async (whole) => {
    const read = await readReleasePayload(Buffer.from(gzipSync(JSON.stringify(whole)).toString('base64')));
    const { name, version, appVersion } = whole.chart.metadata;
    assert.deepEqual(read.chart, { name: kept(name), version: kept(version), appVersion: kept(appVersion) });
    assert.equal(read.description, kept(whole.info.description));
  });

  for (const [index, bomb] of bombs.entries())
    it(`that is a bomb is given up on soon: ${index}`, async () => {
      const before = process.cpuUsage();
      const { payloadError } = await readReleasePayload(Buffer.from(bomb.toString('base64')));
      assert.match(payloadError ?? '', /too big/);
      assert.ok(process.cpuUsage(before).user < 500_000);
    });
});

describe('any release, whole,', () => {
  const key = { namespace: 'shop', name: 'shop', revision: 1 };
  const whole = fc.record(
    {
      name: fc.constant('shop'),
      namespace: fc.constant('shop'),
      version: fc.constant(1),
      info: anyJson,
      config: anyJson,
      chart: fc.record({ metadata: anyJson, files: fc.array(mostly(fc.record({ name: text, data: text }), anyJson)) }),
      manifest: mostly(text, anyJson),
      hooks: fc.array(mostly(fc.record({ name: text, events: fc.array(text), weight: fc.integer() }), anyJson)),
    },
    { requiredKeys: ['name', 'namespace', 'version'] },
  );
  const payloads = fc.oneof(
    whole.map((json) => gzipSync(JSON.stringify(json)).toString('base64')),
    stored.map((bytes) => bytes.toString('latin1')),
    damagedBytes(stored).map((bytes) => bytes.toString('latin1')),
  );

  alwaysInTheEnd('is what the model says, or malformed', payloads, async (payload) => {
    try {
      const { chart, values, manifest, hooks, crds, notes, updatedAt } = await decodeRelease(payload, key);
      for (const one of [chart.version, manifest, notes, ...crds.map(({ text }) => text)])
        assert.equal(typeof one, 'string');
      for (const { name, weight, events } of hooks)
        assert.ok(
          typeof name === 'string' && Number.isFinite(weight) && events.every((one) => typeof one === 'string'),
        );
      assert.ok(isRecord(values));
      if (updatedAt !== undefined) assert.ok(new Date(updatedAt).toISOString());
    } catch (error) {
      assert.ok(error instanceof JarvisError && error.code === 'helm.malformed', String(error));
    }
  });
});

describe('any manifest', () => {
  const document = fc.record({ apiVersion: text, kind: text, metadata: fc.record({ name: text }), spec: anyJson });
  const manifests = damaged(
    fc.array(document).map((all) => all.map((one) => `---\n# Source: a\n${JSON.stringify(one)}\n`).join('')),
  );

  alwaysInTheEnd('is taken apart, or malformed', manifests, async (manifest) => {
    try {
      for (const { kind, name, json } of await manifestObjects(manifest)) {
        assert.ok([kind, name].every((word) => typeof word === 'string'));
        if (kind !== 'Secret') assert.deepEqual(sorted(asSet(json, json)), sorted(json));
      }
    } catch (error) {
      assert.ok(error instanceof JarvisError && error.code === 'helm.malformed', String(error));
    }
  });
});

describe('the head of any JSON document', () => {
  const paths = ['info', 'chart.metadata'];

  const dotted = fc.tuple(damagedJson(release), fc.boolean()).map(([json, has]) => {
    return has && isRecord(json) ? { 'chart.metadata': 'another', ...json } : json;
  });
  always('is what all of it says', dotted, (json) => {
    if (!isRecord(json)) return;
    const whole: unknown = JSON.parse(JSON.stringify(json));
    const found = findInPrefix(Buffer.from(JSON.stringify(json)), paths);
    assert.deepEqual(found.get('info'), memberOf(whole, 'info'));
    assert.deepEqual(found.get('chart.metadata'), memberOf(memberOf(whole, 'chart'), 'metadata'));
  });
});

function memberOf(value: unknown, key: string): unknown {
  return isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
