import assert from 'node:assert/strict';
import { parseAllDocuments } from 'yaml';
import { JarvisError } from '../../../../src/core/errors.ts';
import type { ObjectRef } from '../../../../src/domain/kubernetes/object-ref.ts';
import type { JsonObject } from '../../../../src/domain/remediation/json.ts';
import { roleLinks } from '../../../../src/domain/set-up/role-links.ts';
import { filesOf, labSetUp } from '../../../lab/github/team-files.ts';
import { signal } from '../../../support/github/route-world.ts';
import { inShort } from '../../../support/set-up.ts';

interface Manifest extends JsonObject {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** What Kubernetes grants by its ClusterRole `edit`, as far as it matters here. */
const edit: Manifest = {
  kind: 'ClusterRole',
  metadata: { name: 'edit' },
  rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['*'] }],
};
const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'no' });

describe('roleLinks', () => {
  let objects: Manifest[];
  beforeEach(async () => {
    const files = await filesOf({ ...labSetUp, parts: ['kubernetes'] });
    const manifests = files.filter(({ path }) => path.endsWith('.yaml'));
    objects = [...manifests.flatMap(({ text }) => parseAllDocuments(text).map((one) => one.toJS() as Manifest)), edit];
  });

  /** A cluster with what a team applies, read as an API server lists it. */
  const read = ({ kind, namespace, name }: ObjectRef): Promise<JsonObject> => {
    const items = objects.filter((object) => object.kind === kind && (object.metadata.namespace ?? '') === namespace);
    if (name === '') return Promise.resolve({ items });
    const found = items.find(({ metadata }) => metadata.name === name);
    return found ? Promise.resolve(found) : Promise.reject(new JarvisError({ code: 'kube.notFound', message: 'gone' }));
  };
  const ref = { context: 'prod', cluster: 'prod', server: 'https://127.0.0.1' };
  const links = (reading = read, namespaces: readonly string[] = ['sock-shop']) =>
    roleLinks({ ref, read: reading }, namespaces, labSetUp.remedies, (id) => id, signal);

  it('finds in order what the team was given for each remedy', async () => {
    assert.deepEqual(
      inShort(await links()),
      labSetUp.remedies.map((remedy) => `ok Kubernetes Role of ${remedy} in prod, sock-shop`),
    );
  });

  it('takes nothing that another namespace grants', async () => {
    const states = (await links(read, ['payments'])).map(({ state }) => state);
    assert.deepEqual(new Set(states), new Set(['missing']));
  });

  it('misses a binding, a role, and a verb', async () => {
    const scale = async () => {
      const [link] = await links();
      return [link?.state, link?.detail, link?.remedies[0]?.kind];
    };
    const role = objects.find(({ kind, metadata }) => kind === 'Role' && metadata.name === 'jarvis-scale');
    const others = objects.filter((object) => object !== role);
    const narrow = [{ apiGroups: ['autoscaling'], resources: ['*'], verbs: ['get', 'list'] }];
    const metadata = { name: 'jarvis-scale', namespace: 'sock-shop' };
    objects = [...others, { kind: 'Role', metadata, rules: narrow }];
    const lacks = 'watch horizontalpodautoscalers.autoscaling, patch horizontalpodautoscalers.autoscaling';
    const apply = 'apply deploy/jarvis/kubernetes.';
    assert.deepEqual(await scale(), ['missing', `The group jarvis-scale may not ${lacks}: ${apply}`, 'setUp']);
    objects = others;
    assert.deepEqual((await scale())[0], 'missing');
    objects = [];
    assert.deepEqual(await scale(), ['missing', `Nothing is granted to the group jarvis-scale: ${apply}`, 'setUp']);
  });

  it('heeds what the whole cluster grants, and not what others get, or is for some names alone', async () => {
    const rule = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
    const roleRef = { kind: 'ClusterRole', name: 'all' };
    const subjects = [{ kind: 'Group', name: 'jarvis-scale' }];
    const bound = { kind: 'ClusterRoleBinding', metadata: { name: 'all' }, roleRef, subjects };
    objects = [bound, { kind: 'ClusterRole', metadata: { name: 'all' }, rules: [rule] }];
    assert.deepEqual(
      (await links()).map(({ state }) => state),
      ['ok', 'missing', 'missing', 'missing'],
    );
    const named = { ...rule, resourceNames: ['front-end'] };
    objects = [bound, { kind: 'ClusterRole', metadata: { name: 'all' }, rules: [named] }];
    assert.equal((await links())[0]?.state, 'missing');
  });

  it('says that it is unknown where Roles may not be read, or the server does not answer', async () => {
    const [unread] = await links(() => Promise.reject(forbidden));
    assert.deepEqual([unread?.state, unread?.detail.startsWith('Unknown')], ['untested', true]);
    const [offline] = await links(() =>
      Promise.reject(new JarvisError({ code: 'kube.unreachable', message: 'away', remedies: [{ kind: 'retry' }] })),
    );
    assert.deepEqual([offline?.state, offline?.detail, offline?.remedies[0]?.kind], ['untested', 'away', 'retry']);
  });
});
