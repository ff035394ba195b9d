import path from 'node:path';
import type { Lab } from '../../lab/lab.ts';
import { ActionPage } from './action-page.ts';
import { waitUntil } from './wait.ts';
import type { Workbench } from './workbench.ts';

/**
 * The smallest shop that can be scaled, in a lab without workloads: the namespace `boutique` with the deployment and the
 * HPA `web` (1 to 4 replicas). No metric: raising the maximum is verified by the field and the ready pods alone.
 */
export class Boutique {
  readonly #lab: Lab;

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  static async open(lab: Lab): Promise<Boutique> {
    const boutique = new Boutique(lab);
    await boutique.apply();
    await boutique.ready();
    return boutique;
  }

  /** Makes what is not there, and puts back what was changed. */
  async apply(): Promise<void> {
    await this.#lab.kubectl('apply', '-f', path.join(import.meta.dirname, 'boutique.yaml'));
  }

  async kubectl(...args: string[]): Promise<string> {
    return this.#lab.kubectl('--namespace', 'boutique', ...args);
  }

  /** Undefined: there is no such HPA. */
  async maxReplicas(): Promise<number | undefined> {
    const text = await this.kubectl('get', 'hpa', 'web', '--ignore-not-found', '-o', 'jsonpath={.spec.maxReplicas}');
    return text === '' ? undefined : Number(text);
  }

  async setMaxReplicas(maxReplicas: number): Promise<void> {
    await this.kubectl('patch', 'hpa', 'web', '--type=merge', '-p', JSON.stringify({ spec: { maxReplicas } }));
  }

  /** While held, no pod can be scheduled: what waits for ready replicas goes on waiting. */
  async hold(held: boolean): Promise<void> {
    const nodeSelector = { 'boutique.example.com/open': held ? 'no' : null };
    const patch = JSON.stringify({ spec: { template: { spec: { nodeSelector } } } });
    await this.kubectl('patch', 'deployment', 'web', '--type=merge', '-p', patch);
    if (held) await waitUntil('the last pod to go', async () => (await this.#readyReplicas()) === '');
    else await this.ready();
  }

  #readyReplicas(): Promise<string> {
    return this.kubectl('get', 'deployment', 'web', '-o', 'jsonpath={.status.readyReplicas}');
  }

  /** The HPA counts the deployment's pods, and they are ready. */
  async ready(): Promise<void> {
    await this.kubectl('rollout', 'status', 'deployment/web', '--timeout=30s');
    await waitUntil('the HPA to count its pods', async () => {
      return (await this.kubectl('get', 'hpa', 'web', '-o', 'jsonpath={.status.currentReplicas}')) !== '';
    });
  }
}

/** Finds the HPA in the tree, asks for the number, and leaves at the plan's page. */
export async function planInTree(workbench: Workbench, context: string, maxReplicas: number): Promise<ActionPage> {
  const clusters = workbench.section('Clusters');
  await workbench.openView('Jarvis');
  await workbench.expand(workbench.treeItem(context, clusters));
  await workbench.expand(workbench.treeItem('boutique', clusters));
  await workbench.expand(workbench.treeItem('HPAs', clusters));
  await workbench.contextMenu(workbench.treeItem(/^web/, clusters), 'Scale HPA…');
  await workbench.enter('Scale HPA web in boutique', String(maxReplicas));
  return ActionPage.find(workbench, `Scale HPA web to at most ${maxReplicas} replicas`);
}
