import assert from 'node:assert/strict';
import { CancelledError, JarvisError } from '../../../../src/core/errors.ts';
import { failed, loading } from '../../../../src/core/loadable.ts';
import { evidenceOf } from '../../../../src/domain/evidence/evidence.ts';
import { evidenceInWords } from '../../../../src/domain/evidence/in-words.ts';
import { readKnown } from '../../../../src/domain/evidence/known.ts';
import type { SecretAges } from '../../../../src/domain/evidence/secret-ages.ts';
import type { Pod } from '../../../../src/domain/kubernetes/model.ts';
import { hostileNames } from '../../../support/hostile.ts';
import { aConfiguration, aContainer, aPod, FakeCluster } from '../../../support/builders/kubernetes.ts';
import { prod } from '../../../support/builders/remediation.ts';

const noon = Date.parse('2026-11-21T12:00:00Z');
const inject = 'vault.hashicorp.com/agent-inject-secret-';
const secret = { kind: 'Secret', name: 'licence' } as const;
const map = { kind: 'ConfigMap', name: 'flags', optional: true } as const;

let number = 0;
/** Started at noon. */
const podOf = (over: Partial<Pod> = {}) =>
  aPod({ uid: `pod-${++number}`, containers: [aContainer()], startedAt: noon, ...over });

/** What is said of the pods, with these Secrets written a minute after noon. */
async function said(pods: readonly Pod[], secrets: readonly string[] = [], vault?: SecretAges) {
  const cluster = new FakeCluster(prod);
  cluster.stores.secrets.has(...secrets.map((name) => aConfiguration({ uid: name, name, changedAt: noon + 60_000 })));
  cluster.stores.configmaps.has();
  const parts = { cluster, ...(vault && { vault }) };
  const known = await readKnown(parts, { namespace: 'sock-shop', pods }, new AbortController().signal);
  return evidenceOf(pods, known).map((one) => evidenceInWords(one, (at) => new Date(at).toISOString().slice(11, 16)));
}

describe('what speaks for a restart', () => {
  it('counts of those that read a Secret the ones that are older', async () => {
    const later = podOf({ startedAt: noon + 120_000, uses: [secret] });
    const again = podOf({ containers: [aContainer({ lastRestartAt: noon + 90_000 })], uses: [secret] });
    const gone = podOf({ uses: [secret], deletedAt: noon });
    assert.deepEqual(await said([podOf({ uses: [secret] }), later, again, gone, podOf()], ['licence', 'other']), [
      '1 of 3 pods are older than the Secret licence that they read: it was written 12:01.',
    ]);
  });

  it('tells of what is missing, and whether it is missed', async () => {
    assert.deepEqual(await said([podOf({ uses: [secret, map] })]), [
      'The Secret licence is not there: a pod that needs it does not start again.',
      'The ConfigMap flags, which is optional, is not there.',
    ]);
    const needs = podOf({ uses: [{ kind: 'ConfigMap', name: 'flags' }] });
    assert.match((await said([podOf({ uses: [map] }), needs])).join(), /needs it/, 'one of them cannot do without');
  });

  it('takes names for names, whatever they are', async () => {
    for (const name of [...Object.values(hostileNames), '{0} {3}', '__proto__', 'constructor']) {
      const pod = podOf({
        uses: [
          { ...secret, name },
          { ...map, name },
        ],
      });
      assert.deepEqual(await said([pod], [name]), [
        `1 of 1 pods are older than the Secret ${name} that they read: it was written 12:01.`,
        `The ConfigMap ${name}, which is optional, is not there.`,
      ]);
    }
  });

  it('says what it cannot see', async () => {
    const cluster = new FakeCluster(prod);
    const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'mina may not list secrets' });
    cluster.stores.secrets.becomes(failed(loading, forbidden, 0));
    cluster.stores.configmaps.has();
    const pods = [podOf({ uses: [secret] })];
    const known = await readKnown({ cluster }, { namespace: 'n', pods }, new AbortController().signal);
    assert.deepEqual(evidenceOf(pods, known), [{ kind: 'unknown', source: secret, why: 'mina may not list secrets' }]);
    assert.equal(cluster.leases, 0);
  });

  it('leaves out the certificate of the cluster and volumes', async () => {
    const uses = [
      { kind: 'ConfigMap', name: 'kube-root-ca.crt' },
      { kind: 'PersistentVolumeClaim', name: 'data' },
    ] as const;
    assert.deepEqual(await said([podOf({ uses })]), []);
  });

  describe('by Vault', () => {
    const asked: string[] = [];
    const vault: SecretAges = {
      updatedAt(path) {
        asked.push(path);
        if (path.includes('hidden')) return Promise.reject(new JarvisError({ code: 'vault.forbidden', message: 'no' }));
        return Promise.resolve(path.includes('gone') ? undefined : noon + 60_000);
      },
    };

    it('asks for each secret that an annotation names, once', async () => {
      const annotations = { [`${inject}a`]: '/secret/data/licence', [`${inject}b`]: 'secret/data/gone' };
      assert.deepEqual(await said([podOf({ annotations }), podOf({ annotations })], [], vault), [
        '2 of 2 pods are older than the secret secret/data/licence of Vault that they read: it was written 12:01.',
        'The secret secret/data/gone of Vault is not there: a pod that needs it does not start again.',
      ]);
      assert.deepEqual(asked, ['secret/data/licence', 'secret/data/gone']);
    });

    it('names the path where it is not known, and why', async () => {
      const hidden = podOf({ annotations: { [`${inject}a`]: 'secret/data/hidden' } });
      assert.match((await said([hidden], [], vault)).join(), /secret\/data\/hidden of Vault is unknown: no/);
      assert.match((await said([hidden])).join(), /hidden of Vault is unknown: nobody is asked/);
    });

    it('knows an agent that names no secret', async () => {
      const agents = [
        aContainer({ name: 'vault-agent-init', role: 'init' }),
        aContainer({ name: 'fetch', image: 'registry.example/hashicorp/vault:1.21.4', role: 'init' }),
        aContainer({ name: 'vault-agent' }),
      ];
      for (const agent of agents)
        assert.match(
          (await said([podOf({ containers: [aContainer(), agent] })])).join(),
          /secrets of Vault is unknown/,
        );
      const server = aContainer({ name: 'vault', image: 'hashicorp/vault:1.21.4' });
      assert.deepEqual(await said([podOf({ containers: [server] })]), [], 'Vault itself is given nothing');
    });

    it('can be cancelled', async () => {
      const cancelled: SecretAges = { updatedAt: () => Promise.reject(new CancelledError()) };
      const pod = podOf({ annotations: { [`${inject}a`]: 'secret/data/licence' } });
      await assert.rejects(said([pod], [], cancelled), CancelledError);
    });
  });

  describe('by its images', () => {
    const owners = [{ kind: 'ReplicaSet', name: 'rs', uid: 'rs', controller: true }];
    const runs = (imageId: string, over: Partial<Pod> = {}, image = 'front-end:1') =>
      podOf({ owners, containers: [aContainer({ image, imageId })], ...over });

    it('finds a tag that was moved between pods of one revision', async () => {
      assert.deepEqual(
        await said([runs('front-end@sha256:a'), runs('front-end@sha256:b'), runs('front-end@sha256:b')]),
        ['Pods of one revision run 2 different images under front-end:1 (container front-end): the tag was moved.'],
      );
    });

    it('takes for the same what is written otherwise, for another what another revision runs', async () => {
      assert.deepEqual(await said([runs('docker-pullable://front-end@sha256:a'), runs('front-end@sha256:a')]), []);
      const other = { owners: owners.map((owner) => ({ ...owner, uid: 'other' })) };
      assert.deepEqual(await said([runs('sha256:a'), runs('sha256:b', other)]), []);
      const set = (hash: string) => ({ labels: { 'controller-revision-hash': hash } });
      assert.deepEqual(await said([runs('sha256:a', set('1')), runs('sha256:b', set('2'))]), []);
      const digest = 'front-end@sha256:c';
      assert.deepEqual(await said([runs('sha256:a', {}, digest), runs('sha256:b', {}, digest)]), []);
    });
  });
});
