import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { manifestObjects, objectKey } from '../../../../src/domain/helm/manifest.ts';

const named = async (manifest: string) =>
  (await manifestObjects(manifest)).map(({ kind, namespace, name }) => `${kind} ${namespace}/${name}`);

describe('the objects of a manifest', () => {
  it('are its documents, but for those of comments alone', async () => {
    const manifest = `---
# Source: shop/templates/a.yaml
apiVersion: v1
kind: Service
metadata: { name: web }
---
# Source: shop/templates/empty.yaml
--- # here
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  annotations:
    text: |
      a
      --- no document
`;
    assert.deepEqual(await named(manifest), ['Service /web', 'Deployment shop/web']);
    assert.deepEqual(await named(''), []);
  });

  it('stand in lists, too', async () => {
    const pod = (name: string) => `{ apiVersion: v1, kind: Pod, metadata: { name: ${name} } }`;
    assert.deepEqual(await named(`apiVersion: v1\nkind: List\nitems:\n- ${pod('a')}\n- ${pod('b')}\n`), [
      'Pod /a',
      'Pod /b',
    ]);
  });

  it('have the values that Helm reads: old booleans, no times, no sexagesimals', async () => {
    const [object] = await manifestObjects(`
metadata: { name: a }
paused: yes
day: 2026-11-21
ports: 20:80
octal: 0644
base: &base { a: 1, b: 2 }
more: { <<: *base, b: 3 }
`);
    const { paused, day, ports, octal, more } = object?.json ?? {};
    assert.deepEqual([paused, day, ports, octal, more], [true, '2026-11-21', '20:80', 420, { a: 1, b: 3 }]);
  });

  for (const [what, manifest, line] of [
    ['broken', 'metadata: {}\n---\nkind: Secret\ndata:\n  password: "hunter2\n', 6],
    ['no object', 'kind: Pod\nmetadata: { name: a }\n---\nhunter2\n', 3],
    ['without metadata', 'kind: Secret\nstringData: { password: hunter2 }\n', 1],
    ['a bomb', bomb(), 1],
  ] as const)
    it(`that are ${what} are said to be, and where, and not quoted`, async () => {
      await assert.rejects(manifestObjects(manifest), (error) => {
        assert(error instanceof JarvisError);
        assert.equal(error.code, 'helm.malformed');
        assert.match(error.message, new RegExp(`from its line ${line} on`));
        assert.doesNotMatch(error.message, /hunter2/);
        return true;
      });
    });

  it('are the same under another version of their API, and others in another namespace', () => {
    const hpa = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', namespace: '', name: 'web' };
    assert.equal(objectKey(hpa), objectKey({ ...hpa, apiVersion: 'autoscaling/v1' }));
    assert.notEqual(objectKey(hpa), objectKey({ ...hpa, apiVersion: 'v1' }));
    assert.notEqual(objectKey(hpa), objectKey({ ...hpa, namespace: 'shop' }));
  });
});

/** Nine lists of nine of the one before. */
function bomb(): string {
  const lists = Array.from(
    { length: 9 },
    (_, n) =>
      `a${n}: &a${n} [${Array(9)
        .fill(n ? `*a${n - 1}` : 'x')
        .join(',')}]`,
  );
  return `metadata: { name: a }\n${lists.join('\n')}\n`;
}
