import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { readReleasePayload } from '../../../../../src/clients/kubernetes/helm/payload-head.ts';
import { findInPrefix } from '../../../../../src/clients/kubernetes/json-prefix.ts';

const release = (rest: object = {}) => ({
  name: 'sock-shop',
  info: {
    first_deployed: '2026-11-20T10:00:00Z',
    last_deployed: '2026-11-21T09:00:00.5+09:00',
    description: 'Upgrade complete',
    status: 'deployed',
  },
  chart: {
    metadata: { name: 'sock-shop', version: '1.4.0', appVersion: '0.3.12' },
    templates: [{ name: 'a', data: 'e30=' }],
  },
  manifest: '---\n"quoted \\" braces {[}]',
  version: 3,
  ...rest,
});
/** As Helm stores it: base64(gzip(JSON)). */
const pack = (value: unknown) => Buffer.from(gzipSync(JSON.stringify(value)).toString('base64'));

describe('the payload of a Helm release', function () {
  this.timeout(20_000);
  const expected = {
    chart: { name: 'sock-shop', version: '1.4.0', appVersion: '0.3.12' },
    updatedAt: Date.parse('2026-11-21T00:00:00.500Z'),
    description: 'Upgrade complete',
  };

  it('tells chart, version, time and description', async () => {
    assert.deepEqual(await readReleasePayload(pack(release())), expected);
  });

  it('is read without unpacking what comes after its head', async () => {
    const packed = pack(release({ manifest: randomBytes(500_000).toString('hex') }));
    assert.deepEqual(await readReleasePayload(packed.subarray(0, packed.length / 2)), expected);
  });

  it('is read in any order of its parts', async () => {
    const { info, chart, ...rest } = release({ manifest: 'y'.repeat(200_000) });
    assert.deepEqual(await readReleasePayload(pack({ ...rest, chart, info })), expected);
  });

  it('may have been stored without compression', async () => {
    const plain = Buffer.from(Buffer.from(JSON.stringify(release())).toString('base64'));
    assert.deepEqual(await readReleasePayload(plain), expected);
  });

  it('that is a bomb is given up on', async () => {
    const bomb = Buffer.from(
      gzipSync(Buffer.concat([Buffer.from('{"info":"'), Buffer.alloc(64 * 1024 * 1024, 97)])).toString('base64'),
    );
    assert.match((await readReleasePayload(bomb)).payloadError ?? '', /too big/);
  });

  it('that is a bomb of many small values is given up on as soon', async () => {
    const bomb = Buffer.from(gzipSync(`{"info":[${'1,'.repeat(20_000_000)}`).toString('base64'));
    const before = process.cpuUsage();
    assert.match((await readReleasePayload(bomb)).payloadError ?? '', /too big/);
    assert.ok(process.cpuUsage(before).user < 500_000);
  });

  it('keeps no book of a description', async () => {
    const { info } = release();
    const { description } = await readReleasePayload(
      pack(release({ info: { ...info, description: 'x'.repeat(500_000) } })),
    );
    assert.equal(description?.length, 4096);
  });

  for (const [what, data] of [
    ['absent', undefined],
    ['not base64', Buffer.from('%%%')],
    ['not gzip', Buffer.from(Buffer.from('hello').toString('base64'))],
    ['cut', pack(release()).subarray(0, 60)],
    ['without a chart', pack({ info: {} })],
    ['of the wrong types', pack({ info: 3, chart: { metadata: [] } })],
  ] as const)
    it(`that is ${what} says so`, async () => {
      const { payloadError, chart } = await readReleasePayload(data);
      assert(payloadError);
      assert.equal(chart, undefined);
    });
});

describe('the head of a JSON document', () => {
  it('gives the same values as parsing all of it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.nat(2), (rest, value, indent) => {
        const json = Buffer.from(JSON.stringify({ ...rest, info: value }, undefined, indent));
        assert.deepEqual(findInPrefix(json, ['info']).get('info'), JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 500 },
    );
  });

  it('does not take a key with a dot for a path', () => {
    const found = findInPrefix(Buffer.from('{"a.b":1,"a":{"b":2}}'), ['a.b']);
    assert.equal(found.get('a.b'), 2);
  });

  it('has no value that is not complete', () => {
    const json = Buffer.from(
      JSON.stringify({ a: 1, info: { deep: ['x', { y: 'z"}' }] }, chart: { metadata: { name: 'n' } } }),
    );
    for (let end = 0; end <= json.length; end++) {
      const found = findInPrefix(json.subarray(0, end), ['info', 'chart.metadata']);
      if (found.has('info')) assert.deepEqual(found.get('info'), { deep: ['x', { y: 'z"}' }] });
      if (found.has('chart.metadata')) assert.deepEqual(found.get('chart.metadata'), { name: 'n' });
    }
  });
});
