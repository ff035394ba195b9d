import assert from 'node:assert/strict';
import type { KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { DirectRoute } from '../../../src/clients/routes/direct.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import { fieldAt } from '../../../src/domain/kubernetes/field-path.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { JsonObject, JsonPatchOperation } from '../../../src/domain/remediation/json.ts';
import type { RouteRequest } from '../../../src/domain/remediation/route.ts';
import type { Target } from '../../../src/domain/remediation/target.ts';
import { aHelm } from '../helm.ts';

const signal = new AbortController().signal;

/** What a server under test gives: an HPA front-end in sock-shop whose maxReplicas nobody else changes. */
export interface DirectSetup {
  readonly client: KubernetesClient;
  readonly ref: ClusterRef;
  /** Somebody else changes the HPA. */
  setMaxReplicas(value: number): Promise<void>;
  deleteHpa(): Promise<void>;
}

/** The direct route against any API server, fake or real. */
export function directContract(setup: () => DirectSetup): void {
  const pointer = () => ({
    cluster: setup().ref,
    kind: 'HorizontalPodAutoscaler' as const,
    namespace: 'sock-shop',
    name: 'front-end',
  });
  const maxReplicas = async () => fieldAt(await setup().client.read(pointer(), signal), 'spec.maxReplicas');
  const route = () => new DirectRoute({ client: setup().client, helm: aHelm() });

  async function pin(): Promise<Target> {
    const object = await setup().client.read(pointer(), signal);
    return {
      ...pointer(),
      uid: textAt(object, 'metadata.uid'),
      resourceVersion: textAt(object, 'metadata.resourceVersion'),
    };
  }
  const patchOf = ({ uid }: Target, before: number, after: number): JsonPatchOperation[] => [
    { op: 'test', path: '/metadata/uid', value: uid },
    { op: 'test', path: '/spec/maxReplicas', value: before },
    { op: 'replace', path: '/spec/maxReplicas', value: after },
  ];
  let plans = 0;
  async function prepare(before: number, after: number, change: Partial<Target> = {}): Promise<RouteRequest> {
    const target = { ...(await pin()), ...change };
    const patch = patchOf(target, before, after);
    return route().prepare({
      planId: `jv-${++plans}`,
      remediation: 'scaleHpa',
      target,
      values: {},
      plannedFor: '',
      operation: { kind: 'patch', patch },
    });
  }
  const failsWith = (code: string, work: Promise<unknown>) =>
    assert.rejects(work, (error) => error instanceof JarvisError && error.code === code);

  beforeEach(() => setup().setMaxReplicas(4));

  it('writes once what was planned, and says so at once', async () => {
    const request = await prepare(4, 10);
    assert.deepEqual(await route().check(request, signal), []);
    assert.equal(await maxReplicas(), 4);
    const handle = await route().send(request, signal);
    assert.equal(await maxReplicas(), 10);
    const result = await route().follow(handle, () => undefined, signal);
    assert.equal(result.outcome, 'success');
  });

  it('shows what it will send', async () => {
    const { preview } = await prepare(4, 10);
    const shown = preview.map(({ value }) => value).join('\n');
    for (const part of [setup().ref.server, 'sock-shop/front-end', '/spec/maxReplicas = 4', '/spec/maxReplicas ← 10'])
      assert(shown.includes(part), part);
  });

  it('does not write when the value has changed since', async () => {
    const request = await prepare(4, 10);
    await setup().setMaxReplicas(6);
    await failsWith('remediation.changedSince', route().send(request, signal));
    assert.equal(await maxReplicas(), 6);
  });

  it('does not write to another object of the same name', async () => {
    const request = await prepare(4, 10, { uid: '11111111-2222-3333-4444-555555555555' });
    await failsWith('remediation.changedSince', route().send(request, signal));
    assert.equal(await maxReplicas(), 4);
  });

  it('writes one time only, however often it is sent', async () => {
    const request = await prepare(4, 10);
    await route().send(request, signal);
    await failsWith('remediation.changedSince', route().send(request, signal));
    assert.equal(await maxReplicas(), 10);
  });

  it('finds out after a crash whether it had written', async () => {
    const request = await prepare(4, 10);
    assert.equal(await route().recover(request, signal), undefined);
    const handle = await route().send(request, signal);
    assert.deepEqual(await route().recover(request, signal), handle);
  });

  it('does not take the same change by somebody else for its own', async () => {
    const request = await prepare(4, 10);
    await setup().setMaxReplicas(10);
    assert.equal(await route().recover(request, signal), undefined);
  });

  it('foretells with a dry run and changes nothing', async () => {
    const target = await pin();
    const after = await setup().client.dryRun(target, patchOf(target, 4, 10), signal);
    assert.equal(fieldAt(after, 'spec.maxReplicas'), 10);
    assert.equal(await maxReplicas(), 4);
    await failsWith('remediation.changedSince', setup().client.dryRun(target, patchOf(target, 5, 10), signal));
  });

  it('says that the object is gone', async () => {
    const request = await prepare(4, 10);
    await setup().deleteHpa();
    await failsWith('kube.notFound', route().send(request, signal));
    await failsWith('kube.notFound', route().recover(request, signal));
  });
}

function textAt(object: JsonObject, path: string): string {
  const value = fieldAt(object, path);
  assert(typeof value === 'string', path);
  return value;
}
