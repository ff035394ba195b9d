import assert from 'node:assert/strict';
import type { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { createClusters, type KubernetesClient } from '../../../src/clients/kubernetes/clusters.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { valueOf } from '../../../src/core/loadable.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import { eventually } from '../../support/eventually.ts';
import type { Remedy } from '../../support/remedies/remedy.ts';
import { restartRemedy } from '../../support/remedies/restart.ts';
import { rollbackRemedy } from '../../support/remedies/rollback.ts';
import { scaleHpaRemedy } from '../../support/remedies/scale-hpa.ts';
import { switchWafRemedy } from '../../support/remedies/switch-waf.ts';
import { labSessions } from '../../support/routes/lambda.ts';
import { Desk, elsewhere } from '../../support/wrong-target.ts';
import { type Alb, startAlb } from '../alb/alb.ts';
import { limitToRoles } from '../github/roles.ts';
import { type Lab, startLab } from '../lab.ts';
import { Stack } from '../process/stack.ts';

/** One lab for all routes, the desk that they are used from, and what each remedy acts on. */
export interface World {
  readonly lab: Lab;
  readonly alb: Alb;
  readonly sessions: AwsSessions;
  readonly client: KubernetesClient;
  readonly ref: ClusterRef;
  readonly desk: Desk;
  readonly remedies: Readonly<Record<RemediationId, Remedy>>;
  close(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const owned = new Stack();
  try {
    return { ...(await start(owned)), close: () => owned.close() };
  } catch (error) {
    await owned.close();
    throw error;
  }
}

async function start(owned: Stack): Promise<Omit<World, 'close'>> {
  const lab = await owned.add(await startLab({ parts: ['aws', 'github'] }), (it) => it.close());
  const desk = await Desk.at(lab);
  const kubeconfigPaths = () => [desk.kubeconfig];
  const clusters = createClusters({ kubeconfigPaths, env: process.env, clock: systemClock, log: silentLogger });
  const client = await owned.add(clusters, (it) => it.dispose());
  const contexts = await eventually(
    () => valueOf(client.contexts),
    (value) => value !== undefined,
  );
  const ref = contexts?.[0] ?? assert.fail('the lab has a context');
  await makeNamespaces(lab);
  await limitToRoles(lab);
  const alb = await owned.add(await startAlb(lab), (it) => it.close());
  const sessions = await owned.add(labSessions(lab.description), (it) => it.dispose());
  const remedies = {
    scaleHpa: scaleHpaRemedy(lab, client, ref),
    restart: restartRemedy(lab, client, ref),
    switchWaf: await switchWafRemedy(lab, alb, ref),
    rollback: rollbackRemedy(lab, ref),
  };
  for (const remedy of Object.values<Remedy>(remedies)) await owned.add(remedy, (it) => it.dispose?.());
  return { lab, alb, sessions, client, ref, desk, remedies };
}

async function makeNamespaces(lab: Lab): Promise<void> {
  for (const [namespace, names] of [
    ['sock-shop', ['front-end', 'catalogue']],
    [elsewhere, ['front-end', 'orders']],
  ] as const) {
    await lab.kubectl('create', 'namespace', namespace);
    // as many replicas as an HPA wants at least, so that none is still at work when a test begins
    for (const name of names)
      await lab.kubectl('create', 'deployment', name, '--image', `${name}:1`, '--replicas', '2', '-n', namespace);
  }
  await lab.kubectl('autoscale', 'deployment', 'front-end', '--min', '2', '--max', '4', '-n', elsewhere);
}
