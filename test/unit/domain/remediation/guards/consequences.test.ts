import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { withConsequences } from '../../../../../src/domain/remediation/guards/consequences.ts';
import { ownersOf } from '../../../../../src/domain/kubernetes/owners.ts';
import type { ObjectRef } from '../../../../../src/domain/kubernetes/object-ref.ts';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';
import type { ControllerKind, Owner } from '../../../../../src/domain/remediation/plan.ts';
import { prod } from '../../../../support/builders/remediation.ts';

const { signal } = new AbortController();

function owned(kind: ControllerKind, namespace?: string): Owner {
  const controller = { kind, name: 'shop', ...(namespace !== undefined && { namespace }) };
  return { kind: 'argocd', name: 'shop', consequence: 'as the object says', reverts: true, controller };
}

/** What is said of an owner whose controller has the spec, and where it was looked for. */
async function told(
  owner: Owner,
  spec: JsonObject | undefined,
  code: 'kube.notFound' | 'kube.forbidden' = 'kube.notFound',
) {
  const asked: string[] = [];
  const read = ({ resource, namespace }: ObjectRef) => {
    asked.push(`${namespace}/${resource}`);
    return spec ? Promise.resolve({ spec }) : Promise.reject(new JarvisError({ code, message: 'no' }));
  };
  const [said] = await withConsequences([owner], { ref: prod, read }, signal);
  return { ...(said ?? assert.fail()), asked };
}

describe('withConsequences', () => {
  it('knows what an Argo CD application does by its sync policy', async () => {
    const policies = [
      [{ automated: { selfHeal: true, prune: true } }, true, /heals itself/],
      [{ automated: {} }, false, /next commit/],
      [{ automated: { enabled: false, selfHeal: true } }, false, /somebody syncs it/],
      [{}, false, /somebody syncs it/],
    ] as const;
    for (const [syncPolicy, reverts, words] of policies) {
      const { consequence, ...said } = await told(owned('Application', 'team'), { syncPolicy });
      assert.deepEqual([said.reverts, said.asked], [reverts, ['team/applications']]);
      assert.match(consequence, words);
    }
  });

  it('leads to the place in Git where a change stays', async () => {
    const source = { repoURL: 'https://github.com/acme/shop.git', path: 'charts/shop', targetRevision: 'release/1' };
    const { consequence, git } = await told(owned('Application'), { source });
    assert.equal(git, 'https://github.com/acme/shop/tree/release/1/charts/shop');
    assert.match(consequence, /must be changed in github\.com\/acme\/shop\/charts\/shop\.$/);
  });

  it('tells of Flux whether it is suspended, and of a release whether it corrects drift', async () => {
    const cases = [
      ['Kustomization', { interval: '10m' }, true, /within 10m/],
      ['Kustomization', { suspend: true }, false, /suspended/],
      ['HelmRelease', {}, false, /next upgrade/],
      ['HelmRelease', { driftDetection: { mode: 'warn' } }, false, /next upgrade/],
      ['HelmRelease', { driftDetection: { mode: 'enabled' } }, true, /corrects drift/],
      ['HelmRelease', { suspend: true, driftDetection: { mode: 'enabled' } }, false, /suspended/],
    ] as const;
    for (const [kind, spec, reverts, words] of cases) {
      const said = await told(owned(kind), spec);
      assert.equal(said.reverts, reverts, JSON.stringify(spec));
      assert.match(said.consequence, words);
    }
  });

  it('leaves standing what the object says where the application cannot be seen', async () => {
    for (const code of ['kube.notFound', 'kube.forbidden'] as const) {
      const { consequence, reverts, asked } = await told(owned('Application'), undefined, code);
      assert.deepEqual([consequence, reverts], ['as the object says', true]);
      assert.deepEqual(asked, ['argocd/applications', 'openshift-gitops/applications']);
    }
  });

  it('finds the controller by what the object carries', () => {
    const controllerOf = (metadata: JsonObject) => ownersOf({ metadata }, [])[0]?.controller;
    assert.deepEqual(
      controllerOf({ annotations: { 'argocd.argoproj.io/tracking-id': 'team_shop:apps/Deployment:x/y' } }),
      { kind: 'Application', namespace: 'team', name: 'shop' },
    );
    assert.deepEqual(
      controllerOf({
        labels: { 'helm.toolkit.fluxcd.io/name': 'shop', 'helm.toolkit.fluxcd.io/namespace': 'apps' },
      }),
      { kind: 'HelmRelease', namespace: 'apps', name: 'shop' },
    );
  });
});
