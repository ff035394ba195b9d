import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { Json, JsonObject } from '../../src/domain/remediation/json.ts';
import type { Target } from '../../src/domain/remediation/target.ts';
import { region as home } from '../lab/aws/ministack.ts';
import type { Lab } from '../lab/lab.ts';

/** The current context and namespace of who has turned away. */
export const elsewhere = 'elsewhere';

/**
 * The desk of somebody whose attention turns elsewhere between plan and run: the kubeconfig's current context, the
 * namespace of the plan's own context, and AWS's region by default are others by then. Elsewhere is a namespace of the
 * same cluster, so that a write that follows them meets something.
 */
export class Desk {
  readonly kubeconfig: string;
  /** AWS's by default. */
  region = home;
  readonly #lab: Lab;
  readonly #original: string;
  /** What `kubectl get` is to list, joined by commas. */
  readonly #kinds: string;

  private constructor(lab: Lab, original: string, kinds: string) {
    this.kubeconfig = join(lab.folder, 'desk-kubeconfig');
    this.#lab = lab;
    this.#original = original;
    this.#kinds = kinds;
  }

  static async at(lab: Lab): Promise<Desk> {
    const original = await readFile(lab.description.kubeconfig, 'utf8');
    const kinds = (await lab.kubectl('api-resources', '--verbs=list', '-o', 'name')).trim().split(/\s+/);
    const desk = new Desk(lab, original, kinds.filter((kind) => !restless.test(kind)).join(','));
    await desk.#write(original);
    return desk;
  }

  async everything(): Promise<Everything> {
    const list = await this.#lab.kubectl('get', this.#kinds, '-A', '-o', 'json');
    const { items } = JSON.parse(list) as { items: readonly Item[] };
    return new Map(items.map((item) => [item.metadata.uid, seen(item)]));
  }

  async whileTurnedAway<T>(act: () => Promise<T>): Promise<T> {
    const regions = ['AWS_REGION', 'AWS_DEFAULT_REGION'] as const;
    const before = regions.map((key) => [key, process.env[key]] as const);
    this.region = 'eu-north-1';
    for (const key of regions) process.env[key] = this.region;
    await this.#turnKubeconfig();
    try {
      return await act();
    } finally {
      await this.#write(this.#original);
      this.region = home;
      for (const [key, value] of before)
        if (value === undefined) Reflect.deleteProperty(process.env, key);
        else process.env[key] = value;
    }
  }

  async #turnKubeconfig(): Promise<void> {
    const config = parse(this.#original) as Kubeconfig;
    const contexts = config.contexts.map(({ name, context }) => ({
      name,
      context: { ...context, namespace: elsewhere },
    }));
    const other = { name: elsewhere, context: contexts[0]?.context };
    const turned = { ...config, contexts: [...contexts, other], 'current-context': elsewhere };
    await this.#write(stringify(turned));
  }

  /** At once: who reads it meanwhile reads the one or the other. */
  async #write(text: string): Promise<void> {
    const draft = `${this.kubeconfig}-draft`;
    await writeFile(draft, text);
    await rename(draft, this.kubeconfig);
  }
}

interface Kubeconfig {
  readonly contexts: readonly { readonly name: string; readonly context: object }[];
}

/** An object of the cluster at a moment. */
interface Seen {
  /** `HorizontalPodAutoscaler sock-shop/front-end`. */
  readonly name: string;
  readonly uid: string;
  readonly version: string;
  /** All that is not what its controller reports of it, nor the server's own bookkeeping. */
  readonly content: string;
  readonly owners: readonly string[];
  readonly scales: string | undefined;
}

/** Every object of the cluster by its UID. */
export type Everything = ReadonlyMap<string, Seen>;

/** What beats by itself: leases, events and measurements; `componentstatuses` is no object of the store. */
const restless = /^(events|leases|componentstatuses)(\.|$)|metrics\.k8s\.io$/;

interface Item extends JsonObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly ownerReferences?: readonly { readonly uid: string; readonly [key: string]: Json }[];
  };
  readonly spec?: { readonly scaleTargetRef?: { readonly kind: string; readonly name: string } };
}

const bookkeeping = new Set(['status', 'resourceVersion', 'managedFields']);

function seen(item: Item): Seen {
  const { metadata, spec } = item;
  const where = metadata.namespace === undefined ? '' : `${metadata.namespace}/`;
  const scaled = spec?.scaleTargetRef;
  return {
    name: `${item.kind} ${where}${metadata.name}`,
    uid: metadata.uid,
    version: metadata.resourceVersion,
    content: JSON.stringify(item, (key, value: unknown) => (bookkeeping.has(key) ? undefined : value)),
    owners: (metadata.ownerReferences ?? []).map(({ uid }) => uid),
    scales: scaled && `${scaled.kind} ${where}${scaled.name}`,
  };
}

/**
 * What was written to beside the target and what controllers derive from it: what it scales, and what those own. An object
 * whose resourceVersion has moved counts unless all that changed is its status, which no write of ours can touch.
 * @param derived also by the plan's own doing: the objects of a release, for instance
 */
export function touchedBeside(
  target: Target,
  before: Everything,
  after: Everything,
  derived: (name: string) => boolean = () => false,
): readonly string[] {
  const all = new Map([...before, ...after]);
  const scaled = all.get(target.uid)?.scales;
  const isOurs = ({ uid, name, owners }: Seen): boolean =>
    uid === target.uid ||
    name === scaled ||
    derived(name) ||
    owners.some((owner) => {
      const parent = all.get(owner);
      return parent !== undefined && isOurs(parent);
    });
  // what the garbage collector takes away after an object that was deleted before
  const isLeft = ({ owners }: Seen): boolean =>
    owners.length > 0 &&
    owners.every((owner) => {
      const parent = all.get(owner);
      return parent === undefined || isLeft(parent);
    });
  const hasChanged = ({ uid }: Seen) => {
    const [was, is] = [before.get(uid), after.get(uid)];
    return was?.version !== is?.version && was?.content !== is?.content;
  };
  const isTouched = (one: Seen) => hasChanged(one) && !isOurs(one) && !isLeft(one);
  return [...all.values()].filter(isTouched).map(({ name }) => name);
}
