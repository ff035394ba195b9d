import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { decodeRelease } from '../../../../../src/clients/kubernetes/helm/payload.ts';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { aWholeRelease, packedRelease, storedRelease } from '../../../../support/builders/helm.ts';

const key = { namespace: 'sock-shop', name: 'sock-shop', revision: 3 };
const packed = (json: string) => gzipSync(json).toString('base64');

describe('a whole Helm release', () => {
  const release = aWholeRelease({
    manifest: '---\n# Source: sock-shop/templates/a.yaml\nkind: ConfigMap\n',
    hooks: [
      {
        name: 'migrate',
        kind: 'Job',
        events: ['pre-upgrade'],
        weight: -5,
        deletePolicies: ['hook-succeeded'],
        manifest: 'kind: Job\n',
      },
    ],
    crds: [{ path: 'crds/socks.yaml', text: 'kind: CustomResourceDefinition\n' }],
  });

  it('is read as it was stored, the files of the chart that are no CRDs left out', async () => {
    assert.deepEqual(await decodeRelease(packedRelease(storedRelease(release)), key), release);
  });

  it('may lack all that Helm leaves out when it is empty', async () => {
    const bare = { name: 'sock-shop', namespace: 'sock-shop', version: 3, info: { status: 'failed' } };
    const { values, manifest, hooks, crds, notes, status } = await decodeRelease(packedRelease(bare), key);
    assert.deepEqual([values, manifest, hooks, crds, notes, status], [{}, '', [], [], '', 'failed']);
  });

  it('may have values of two megabytes', async () => {
    const values = { big: randomBytes(1_000_000).toString('hex') };
    const { values: read } = await decodeRelease(packedRelease(storedRelease({ ...release, values })), key);
    assert.deepEqual(read, values);
  });

  it('may have been stored without compression', async () => {
    const plain = Buffer.from(JSON.stringify(storedRelease(release))).toString('base64');
    assert.deepEqual(await decodeRelease(plain, key), release);
  });

  for (const [what, payload, said] of [
    ['absent', '', /it is not JSON/],
    ['not base64', '%%%', /it is not JSON/],
    ['cut', packedRelease(storedRelease(release)).slice(0, 200), /unexpected end of file/],
    [
      'cut within a character of its base64',
      packedRelease(storedRelease(release)).slice(0, -3),
      /unexpected end of file/,
    ],
    ['cut before it was packed', packed(JSON.stringify(storedRelease(release)).slice(0, -40)), /it is not JSON/],
    ['cut in its head', packedRelease(storedRelease(release)).slice(0, 3), /unexpected end of file/],
    ['no object', packed('[]'), /it is not an object/],
    ['a bomb', packed(`{"config":"${'a'.repeat(40_000_000)}"}`), /it is too big/],
    ['of another release', packedRelease(storedRelease({ ...release, name: 'carts' })), /it is of carts revision 3/],
    ['of another revision', packedRelease(storedRelease({ ...release, revision: 2 })), /revision 2 in sock-shop/],
    ['of another namespace', packedRelease(storedRelease({ ...release, namespace: 'prod' })), /in prod/],
  ] as const)
    it(`that is ${what} says so`, async () => {
      await assert.rejects(decodeRelease(payload, key), (error) => {
        assert(error instanceof JarvisError);
        assert.equal(error.code, 'helm.malformed');
        assert.match(error.message, said);
        return true;
      });
    });

  it('that is broken gives nothing of its values away', async () => {
    await assert.rejects(decodeRelease(packed('{"config":{"password":"hunter2" oops'), key), (error) => {
      assert(error instanceof JarvisError && error.cause instanceof Error);
      assert.doesNotMatch(error.message + String(error.cause.stack), /hunter2|password/);
      return true;
    });
  });
});
