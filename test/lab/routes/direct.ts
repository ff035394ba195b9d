import { join } from 'node:path';
import { DirectRoute } from '../../../src/clients/routes/direct.ts';
import { aHelm } from '../../support/helm.ts';
import { owners } from './owners.ts';
import { hostileReleases } from './hostile-releases.ts';
import { restartEvidence, restartsOfOtherKinds } from './restarts.ts';
import type { RouteSuite } from './suite.ts';
import { deletedMeanwhile, webAcls } from './web-acls.ts';
import type { World } from './world.ts';

export const direct: RouteSuite = {
  title: 'the direct one',
  carriers: { scaleHpa: 'scaleHpa', restart: 'restart', switchWaf: 'switchWaf', rollback: 'rollback' },
  route: (world) => route(world),
  ofItsOwn(world) {
    const there = () => route(world());
    describe('switchWaf', () => {
      deletedMeanwhile(world, there);
      webAcls(world, there);
    });
    describe('an object that others own', () => owners(world, there));
    describe('restart', () => restartsOfOtherKinds(world, there));
    describe('the evidence for a restart', () => restartEvidence(world, route));
    describe('rollback of releases', () => hostileReleases(world, route));
  },
};

/** Of somebody whose environment leads Helm astray. */
function route({ client, lab }: World, helm: 'helm3' | 'helm4' = 'helm4'): DirectRoute {
  const astray = { HELM_KUBECONTEXT: 'elsewhere', HELM_NAMESPACE: 'kube-system', KUBECONFIG: '/nowhere' };
  return new DirectRoute({ client, helm: aHelm(join(lab.description.bin, helm), { ...process.env, ...astray }) });
}
