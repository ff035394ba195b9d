import assert from 'node:assert/strict';
import type { Route } from '../../../src/domain/remediation/route.ts';
import { definitionOf } from '../cluster/definition.ts';
import { scaleTo } from './suite.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

const kinds = {
  Application: { group: 'argoproj.io', version: 'v1alpha1', resource: 'applications' },
  Kustomization: { group: 'kustomize.toolkit.fluxcd.io', version: 'v1', resource: 'kustomizations' },
  HelmRelease: { group: 'helm.toolkit.fluxcd.io', version: 'v2', resource: 'helmreleases' },
} as const;
type Kind = keyof typeof kinds;

const source = {
  repoURL: 'https://github.com/acme/shop.git',
  path: 'charts/shop',
  targetRevision: 'main',
  helm: { valueFiles: ['values-prod.yaml'] },
};
const values = 'https://github.com/acme/shop/blob/main/charts/shop/values-prod.yaml';

/** As the tools themselves mark what they have applied. */
const marks = {
  tracked: ['annotate', 'argocd.argoproj.io/tracking-id=shop:autoscaling/HorizontalPodAutoscaler:sock-shop/front-end'],
  trackedElsewhere: ['annotate', 'argocd.argoproj.io/tracking-id=team-a_shop:autoscaling/HorizontalPodAutoscaler:x/y'],
  instance: ['label', 'argocd.argoproj.io/instance=shop'],
  kustomization: [
    'label',
    'kustomize.toolkit.fluxcd.io/name=shop',
    'kustomize.toolkit.fluxcd.io/namespace=flux-system',
  ],
  helmRelease: ['label', 'helm.toolkit.fluxcd.io/name=shop', 'helm.toolkit.fluxcd.io/namespace=flux-system'],
} as const;

/** Argo CD's and Flux's kinds, as objects of a real API server; nobody reconciles them. */
export function owners(world: () => World, route: () => Route): void {
  const setup = writePath(world, route);
  const client = () => world().lab.cluster.client;
  const kubectl = (...args: string[]) => world().lab.kubectl(...args);

  before(async () => {
    await Promise.all(Object.entries(kinds).map(([kind, place]) => client().create(definitionOf({ ...place, kind }))));
    for (const namespace of ['argocd', 'team-a', 'flux-system']) await kubectl('create', 'namespace', namespace);
  });
  beforeEach(() => setup().remedy.make());

  /** What the plan says of an object with the mark, whose controller has this spec. */
  async function said(mark: keyof typeof marks, kind: Kind, namespace: string, spec: object) {
    const { group, version, resource } = kinds[kind];
    await client().removeWholly(`/apis/${group}/${version}/namespaces/${namespace}/${resource}/shop`);
    const metadata = { name: 'shop', namespace };
    await client().createWhenServed({ apiVersion: `${group}/${version}`, kind, metadata, spec });
    const [verb, ...what] = marks[mark];
    await kubectl('-n', 'sock-shop', verb, 'hpa', 'front-end', '--overwrite', ...what);
    const { owners } = await setup().runs.plan(scaleTo(world(), 3), signal);
    const [owner, ...others] = owners;
    assert.deepEqual(others, [], 'one owner');
    return owner ?? assert.fail('it has an owner');
  }

  it('says by the Application’s sync policy what Argo CD will make of the change, and where it would stay', async () => {
    const by = (automated?: object) => ({ source, ...(automated && { syncPolicy: { automated } }) });
    const cases = [
      ['tracked', 'argocd', by({ selfHeal: true }), true, /shop heals itself: it will take this back within seconds/],
      ['tracked', 'argocd', by({}), false, /will take this back when it syncs the next commit/],
      ['tracked', 'argocd', by(), false, /will take this back when somebody syncs it/],
      ['trackedElsewhere', 'team-a', by({ selfHeal: true }), true, /heals itself/],
    ] as const;
    for (const [mark, namespace, spec, reverts, words] of cases) {
      const owner = await said(mark, 'Application', namespace, spec);
      assert.deepEqual([owner.kind, owner.reverts, owner.git], ['argocd', reverts, values]);
      assert.match(owner.consequence, words);
      assert.match(owner.consequence, /must be changed in github\.com\/acme\/shop\/charts\/shop\/values-prod\.yaml\.$/);
    }
  });

  it('knows an Argo CD that tracks by the instance label alone', async () => {
    const owner = await said('instance', 'Application', 'argocd', { source });
    assert.deepEqual([owner.kind, owner.name, owner.reverts, owner.git], ['argocd', 'shop', false, values]);
  });

  it('says when Flux takes it back, and that it does not while it is suspended', async () => {
    const cases = [
      ['kustomization', 'Kustomization', { interval: '10m' }, true, /within 10m/],
      ['kustomization', 'Kustomization', { suspend: true }, false, /is suspended/],
    ] as const;
    for (const [mark, kind, spec, reverts, words] of cases) {
      const owner = await said(mark, kind, 'flux-system', spec);
      assert.deepEqual([owner.kind, owner.reverts], ['flux', reverts]);
      assert.match(owner.consequence, words);
    }
  });

  it('knows by its drift detection what a HelmRelease does', async () => {
    const cases = [
      [{ driftDetection: { mode: 'enabled' } }, true, /corrects drift/],
      [{}, false, /with its next upgrade/],
    ] as const;
    for (const [spec, reverts, words] of cases) {
      const owner = await said('helmRelease', 'HelmRelease', 'flux-system', spec);
      assert.deepEqual([owner.kind, owner.reverts], ['flux', reverts]);
      assert.match(owner.consequence, words);
    }
  });
}
