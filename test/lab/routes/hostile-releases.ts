import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Release } from '../../../src/domain/helm/model.ts';
import { recordName } from '../../../src/domain/helm/record.ts';
import { rescueInWords, rescueOf } from '../../../src/domain/helm/rescue.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import { aWholeRelease, packedRelease, storedRelease } from '../../support/builders/helm.ts';
import { eventually } from '../../support/eventually.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { thrown } from '../../support/github/route-world.ts';
import { hostileNames } from '../../support/hostile.ts';
import { recordOf } from '../../support/remedies/rollback.ts';
import { asViewer } from './viewer.ts';
import type { World } from './world.ts';
import { type WritePath, writePath } from './write-path.ts';

const { signal } = new AbortController();
const namespace = 'kiosk';
const secrets = `/api/v1/namespaces/${namespace}/secrets`;
const ConfigMap = v.object({ data: v.record(v.string(), v.string()) });

/** Releases as nobody would make them, or not quite made, and Helm that is stopped half-way: against the real Helm 3 and 4. */
export function hostileReleases(world: () => World, by: (world: World, helm?: 'helm3' | 'helm4') => Route): void {
  const setup = writePath(world, () => by(world()), 'rollback');
  const records = () => world().lab.cluster.client;
  before(() => world().lab.kubectl('create', 'namespace', namespace));

  /** Stores revisions 1 and 2, the second one deployed. */
  async function release(name: string, ...both: readonly [Partial<Release>, Partial<Release>]): Promise<void> {
    for (const [index, over] of both.entries()) {
      const status = index === 0 ? 'superseded' : 'deployed';
      await records().create(recordOf(aWholeRelease({ namespace, name, revision: index + 1, status, ...over })));
    }
  }
  const plan = (name: string, inputs: JsonObject = {}, { runs }: Pick<WritePath, 'runs'> = setup()) => {
    const pointer = { cluster: world().ref, kind: 'Release' as const, namespace, name };
    return runs.plan({ remediation: 'rollback', pointer, inputs }, signal);
  };
  const history = (name: string) => world().client.cluster(world().ref).releases.history(namespace, name, signal);

  it('goes back to values of 2 MB and to texts of any kind, and writes little of them down', async () => {
    const texts = Object.values(hostileNames).filter((text) => !text.includes('\0'));
    const values = { big: 'x'.repeat(2_000_000), [hostileNames.yaml]: texts, ['__proto__']: texts };
    const configMap = (data: object) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'texts' }, data });
    const manifest = (data: object) => `---\n${JSON.stringify(configMap(data))}\n`;
    const hostile = Object.fromEntries(texts.map((text, index) => [`text-${index}`, text]));
    await release('texts', { values, manifest: manifest(hostile) }, { manifest: manifest({ 'text-0': 'harmless' }) });
    await records().create({ ...configMap({ 'text-0': 'harmless' }), metadata: { name: 'texts', namespace } });
    const planned = await plan('texts');
    assert.ok(JSON.stringify(planned).length < 30_000);
    assert.equal((await setup().runs.confirm(planned.id)).phase, 'verified');
    const { data } = await records().get(`/api/v1/namespaces/${namespace}/configmaps/texts`, ConfigMap);
    assert.deepEqual(data, hostile);
    const { releases } = world().client.cluster(world().ref);
    const read = async (revision: number) => (await releases.read(namespace, 'texts', revision, signal)).values;
    assert.deepEqual(await read(3), await read(1));
  });

  it('plans nothing by a payload that is cut, wherever, and lists its revision all the same', async () => {
    const whole = aWholeRelease({ namespace, name: 'cut', revision: 2 });
    const packed = packedRelease(storedRelease(whole));
    const json = JSON.stringify(storedRelease(whole));
    const cuts = {
      base64: packed.slice(0, packed.length / 2 + 1),
      gzip: Buffer.from(packed, 'base64').subarray(0, -20).toString('base64'),
      json: Buffer.from(json.slice(0, -30)).toString('base64'),
    };
    await release('cut', { revision: 1 }, {});
    for (const [what, payload] of Object.entries(cuts))
      for (const revision of [1, 2]) {
        const path = `${secrets}/${recordName('cut', revision)}`;
        const { data } = await records().get(path, ConfigMap);
        await records().mergePatch(path, { stringData: { release: payload } });
        assert.equal((await history('cut')).length, 2, `${what}: it is listed`);
        assert.equal((await thrown(plan('cut'))).code, 'helm.malformed', `${what} of revision ${revision}`);
        await records().mergePatch(path, { data });
      }
    assert.deepEqual((await plan('cut')).problems, []);
  });

  it('knows no release of a name that no release can have', async () => {
    const names = ['--post-renderer=x', '../x', 'a\u0007b', 'x'.repeat(64), ...Object.values(hostileNames)];
    for (const name of names) assert.equal((await thrown(plan(name))).code, 'helm.notFound', name);
  });

  describe('of a name that is longer than Helm allows', () => {
    const setup = writePath(world, () => by(world()), 'rollback', fastClock(10));

    it('fails in the words of Helm, and makes no revision', async () => {
      const name = 'x'.repeat(54);
      await release(name, {}, {});
      const { phase, error } = await setup().runs.confirm((await plan(name, {}, setup())).id);
      assert.deepEqual([phase, error?.code], ['failed', 'route.failed']);
      assert.match(error?.message ?? '', /release name is invalid/i);
      assert.equal((await history(name)).length, 2);
    });
  });

  describe('of somebody who may not read them', () => {
    const viewers = asViewer(world);
    const setup = writePath(viewers, () => by(viewers()), 'rollback');

    async function allow(verb: string, ...more: readonly string[]): Promise<void> {
      const kubectl = (...args: string[]) => world().lab.kubectl('-n', namespace, 'create', ...args);
      await kubectl('role', verb, `--verb=${verb}`, '--resource=secrets', ...more);
      await kubectl('rolebinding', verb, `--role=${verb}`, '--user=viewer');
    }

    it('says what is missing, and never that nothing changes', async () => {
      const manifest = '---\napiVersion: v1\nkind: Secret\nmetadata: { name: licence }\nstringData: { key: old }\n';
      await release('locked', { manifest }, { manifest });
      const refusal = async () => (await thrown(plan('locked', {}, setup()))).message;
      assert.match(await refusal(), /secrets is forbidden: User "viewer" cannot list/);
      await allow('list');
      // the server heeds what was just allowed a moment later
      const cannotGet = /secrets "sh\.helm\.release\.v1\.locked\.v\d" is forbidden: User "viewer"/;
      await eventually(refusal, (message) => cannotGet.test(message));
      await allow('get', ...[1, 2].map((revision) => `--resource-name=${recordName('locked', revision)}`));
      const { changes, diffSource, effects, problems } =
        (await eventually(
          () => plan('locked', {}, setup()).catch(() => undefined),
          (planned) => planned !== undefined,
        )) ?? assert.fail();
      assert.equal(diffSource.kind, 'computed');
      const told = effects.map(({ text }) => text).join('\n');
      assert.match(told, /What will become of Secret licence is told by .*: .*secrets "licence" is forbidden/);
      assert.doesNotMatch(told, /as that revision wants it/);
      assert.deepEqual([changes, problems.map((problem) => problem.code)], [[], ['kube.forbidden']]);
    });
  });

  describe('stopped half-way', () => {
    const [helm3, helm4] = [
      writePath(world, () => by(world(), 'helm3'), 'rollback', fastClock(5)),
      writePath(world, () => by(world(), 'helm4'), 'rollback', fastClock(5)),
    ];
    it('is never said to be done, and the way out is known and works', () =>
      Promise.all([stopped('stuck-3', helm3()), stopped('stuck-4', helm4())]));
  });

  async function stopped(name: string, path: WritePath): Promise<void> {
    await release(name, { hooks: [unending(name)] }, {});
    const { runs } = path;
    const { id } = await plan(name, {}, path);
    const ended = runs.confirm(id);
    const newest = async () => (await history(name))[0];
    await eventually(newest, (one) => one?.status === 'pending-rollback');
    await runs.cancel(id);
    const { phase, ticks, result } = await ended;
    assert.deepEqual([phase, result?.outcome], ['cancelled', 'cancelled']);
    assert.deepEqual(
      ticks.map(({ role, state }) => [role, state]),
      [
        ['change', 'missed'],
        ['recovery', 'waiting'],
      ],
    );
    const rescue = rescueOf(await history(name)) ?? assert.fail('it needs help');
    assert.deepEqual([rescue.newest.status, rescue.newest.revision, rescue.lastGood], ['pending-rollback', 3, 2]);
    assert.match(rescueInWords(rescue, Date.now()).join('\n'), /rollback as revision 3, .* roll back to revision 2/s);
    assert.deepEqual((await plan(name, {}, path)).problems[0]?.code, 'helm.busy');
    const wayOut = await plan(name, { abandoned: true }, path);
    assert.deepEqual(wayOut.inputs, { revision: 2, abandoned: true });
    assert.equal((await runs.confirm(wayOut.id)).phase, 'verified');
    assert.equal((await newest())?.status, 'deployed');
  }
}

/** Waits before the rollback for a pod that no node takes. */
function unending(name: string): Release['hooks'][number] {
  const spec = { nodeSelector: { nobody: 'has-it' }, containers: [{ name: 'wait', image: 'wait:1' }] };
  const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace }, spec });
  return { name, kind: 'Pod', events: ['pre-rollback'], weight: 0, deletePolicies: [], manifest };
}
