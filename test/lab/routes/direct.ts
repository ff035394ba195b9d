import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DirectRoute } from '../../../src/clients/routes/direct.ts';
import { aHelm } from '../../support/helm.ts';
import { makeWebAcl, removeWebAcl } from '../../support/web-acls.ts';
import { owners } from './owners.ts';
import { hostileReleases } from './hostile-releases.ts';
import { restartEvidence, restartsOfOtherKinds } from './restarts.ts';
import type { RouteSuite } from './suite.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

export const direct: RouteSuite = {
  title: 'the direct one',
  carriers: { scaleHpa: 'scaleHpa', restart: 'restart', switchWaf: 'switchWaf', rollback: 'rollback' },
  route: (world) => route(world),
  ofItsOwn(world) {
    describe('switchWaf', () => switchWaf(world));
    describe('an object that others own', () => owners(world, () => route(world())));
    describe('restart', () => restartsOfOtherKinds(world, () => route(world())));
    describe('the evidence for a restart', () => restartEvidence(world, route));
    describe('rollback of releases', () => hostileReleases(world, route));
  },
};

/** Of somebody whose environment leads Helm astray. */
function route({ client, lab }: World, helm: 'helm3' | 'helm4' = 'helm4'): DirectRoute {
  const astray = { HELM_KUBECONTEXT: 'elsewhere', HELM_NAMESPACE: 'kube-system', KUBECONFIG: '/nowhere' };
  return new DirectRoute({ client, helm: aHelm(join(lab.description.bin, helm), { ...process.env, ...astray }) });
}

function switchWaf(world: () => World): void {
  const setup = writePath(world, () => route(world()), 'switchWaf');
  beforeEach(() => setup().remedy.make());

  it('sends nothing when the ACL was deleted meanwhile', async () => {
    const { waf } = world().alb;
    const { remedy, runs } = setup();
    const webAcl = await makeWebAcl(waf, 'short-lived', { Block: {} });
    const before = await remedy.content('object');
    const { id } = await runs.plan({ ...remedy.request, inputs: { webAcl } }, signal);
    await removeWebAcl(waf, 'short-lived');
    const { error, times } = await runs.confirm(id);
    assert.deepEqual([error?.code, times.running], ['waf.noWebAcl', undefined]);
    assert.deepEqual(await remedy.content('object'), before);
  });
}
