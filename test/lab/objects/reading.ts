import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { errorOf, valueOf } from '../../../src/core/loadable.ts';
import { apiKinds } from '../../../src/domain/kubernetes/api-kinds.ts';
import { comparable } from '../../../src/domain/kubernetes/comparable.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import { presentable } from '../../../src/domain/kubernetes/presentable.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import { FollowedText } from '../../../src/features/objects/followed-text.ts';
import { yamlOf } from '../../../src/features/objects/yaml.ts';
import { eventually } from '../../support/eventually.ts';
import { hostileNames } from '../../support/hostile.ts';
import { until } from '../process/until.ts';
import { type Looking, type World, base64 } from '../weather/world.ts';
import { Harbour } from './harbour.ts';

const { signal } = new AbortController();
const { namespace } = Harbour;
const password = 'correct horse battery staple';

/** What of an object becomes a document. */
export function readingObjects(world: () => World, harbour: () => Harbour): void {
  let looking: Looking;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-objects-'));
  });
  beforeEach(async () => {
    looking = await world().open();
  });
  after(() => rm(folder, { recursive: true }));

  const refOf = (kind: keyof typeof apiKinds, name: string, uid = ''): ObjectRef => ({
    cluster: looking.ref,
    ...apiKinds[kind],
    namespace,
    name,
    uid,
  });
  const kubectl = (...args: string[]) => world().lab.kubectl('-n', namespace, ...args);
  const apply = async (object: object) => {
    const file = join(folder, 'applied.json');
    await writeFile(file, JSON.stringify(object));
    await kubectl('apply', '-f', file);
  };

  it('shows all that the server knows but managedFields, in a YAML that kubectl reads back equal', async () => {
    const data = Object.fromEntries(Object.values(hostileNames).map((text, index) => [`text-${index}`, text]));
    const metadata = { name: 'hostile', annotations: { 'example.com/note': hostileNames.terminal } };
    await apply({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
    const json = await looking.cluster.read(refOf('configmaps', 'hostile'), signal);
    const { managedFields, ...rest } = json['metadata'] as JsonObject;
    assert(managedFields, 'the server sends them');
    const document = yamlOf(presentable(json));
    assert.deepEqual(parse(document, { version: '1.1' }), { ...json, metadata: rest });
    assert.doesNotMatch(document, /[^\P{Cc}\n]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    const file = join(folder, 'described.yaml');
    await writeFile(file, document);
    const read = await kubectl('create', '--dry-run=client', '--output=json', '-f', file);
    assert.deepEqual((JSON.parse(read) as JsonObject)['data'], data);
  });

  it('masks the values of a Secret wherever it is shown, also where kubectl has kept a copy', async () => {
    const manifest = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'safe' } };
    await apply({ ...manifest, data: { password: base64(password) }, stringData: { user: password } });
    const secret = refOf('secrets', 'safe');
    const json = await looking.cluster.read(secret, signal);
    assert(JSON.stringify(json).split(base64(password)).length > 2, 'value and copy');
    const followed = new FollowedText(secret);
    const { store } = looking.cluster.follow(secret);
    await eventually(
      () => valueOf(store.objects)?.size,
      (size) => size === 1,
    );
    const shown = [presentable(json), comparable(json)].map((object) => yamlOf(object));
    for (const text of [...shown, followed.next(store.objects, Date.now())]) {
      assert.match(text, /password: masked, 28 bytes/);
      for (const clear of [password, base64(password)]) assert(!text.includes(clear), text);
    }
  });

  it('tells the events of an object, and with a workload those of all that it has made', async () => {
    const pod = await harbour().pod(looking.ref, 'eventful');
    const scheduled = await until('an event', async () => {
      const events = await looking.cluster.events(pod, signal);
      return events.find(({ reason }) => reason === 'Scheduled');
    });
    assert.deepEqual(
      [scheduled.source, scheduled.type, scheduled.about.name],
      ['default-scheduler', 'Normal', 'eventful'],
    );
    for (const name of ['busy', 'other']) await kubectl('create', 'deployment', name, '--image=busy:1');
    const uid = await kubectl('get', 'deployment', 'busy', '-o', 'jsonpath={.metadata.uid}');
    const reasons = ['ScalingReplicaSet', 'SuccessfulCreate', 'Scheduled'];
    const events = await until('all three', async () => {
      const all = await looking.cluster.events(refOf('deployments', 'busy', uid), signal, true);
      return reasons.every((wanted) => all.some(({ reason }) => reason === wanted)) && all;
    });
    assert(events.every(({ about }) => about.name.startsWith('busy')));
  });

  it('lets a reader describe, follow and see events, and says what may not be read', async () => {
    const pod = await harbour().pod(looking.ref, 'public');
    const { cluster } = await world().open({ user: { token: world().tokens.viewer } });
    assert.equal((await cluster.read(pod, signal))['kind'], 'Pod');
    await until('an event', async () => (await cluster.events(pod, signal)).length > 0);
    const { store } = cluster.follow(pod);
    await eventually(
      () => valueOf(store.objects)?.size,
      (size) => size === 1,
    );
    const secret = cluster.follow(refOf('secrets', 'safe')).store;
    await eventually(
      () => errorOf(secret.objects)?.code,
      (code) => code === 'kube.forbidden',
    );
    await assert.rejects(cluster.read(refOf('secrets', 'safe'), signal), { code: 'kube.forbidden' });
  });
}
