import type { Lab } from '../../lab/lab.ts';
import { chart, killHalfWay, runHelm } from '../../lab/helm.ts';

const namespace = 'boutique';

/** A Helm release beside the boutique's own things, whose second revision is a bad one. */
export class Ledger {
  readonly #lab: Lab;

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** The namespace must be there. */
  static async open(lab: Lab): Promise<Ledger> {
    const ledger = new Ledger(lab);
    await ledger.#helm('install', 'ledger', chart('ledger'), '--set', 'replicas=1');
    await ledger.#helm('upgrade', 'ledger', chart('ledger'), '--set', 'replicas=1,tag=2.10.0-broken');
    return ledger;
  }

  /** An upgrade is begun, and its Helm killed. */
  stick(): Promise<void> {
    return killHalfWay(this.#input, { release: 'ledger', namespace });
  }

  image(): Promise<string> {
    const path = 'jsonpath={.spec.template.spec.containers[0].image}';
    return this.#lab.kubectl('--namespace', namespace, 'get', 'deployment', 'ledger', '-o', path);
  }

  /** "1 superseded, 2 deployed" */
  async history(): Promise<string> {
    const history = await this.#helm('history', 'ledger', '-o', 'json');
    const revisions = JSON.parse(history) as readonly { readonly revision: number; readonly status: string }[];
    return revisions.map(({ revision, status }) => `${revision} ${status}`).join(', ');
  }

  #helm(...args: string[]): Promise<string> {
    return runHelm('helm3', this.#input, [...args, '--namespace', namespace]);
  }

  get #input() {
    const { description, cluster, folder } = this.#lab;
    const { bin, kubeconfig } = description;
    return { bin, kubeconfig, client: cluster.client, env: { PATH: process.env['PATH'], HOME: folder } };
  }
}
