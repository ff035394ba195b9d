import { toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { type Loadable, errorOf, failed, loading, mapLoadable, valueOf } from '../../core/loadable.ts';
import type { FoundNamespace } from '../../domain/kubernetes/cluster.ts';
import type { ObjectStore } from '../../domain/kubernetes/store.ts';
import type { Namespace } from '../../domain/kubernetes/model.ts';
import type { TreeNode } from '../../ui/tree/model.ts';
import { perKey } from '../../ui/tree/per-object.ts';
import { namesOf } from './look/look.ts';
import type { LookSource } from './look/look-state.ts';
import type { Opening } from './opening.ts';

type Found = Loadable<readonly FoundNamespace[]>;

/**
 * The namespaces of a cluster, as far as this user can know of them: all, by watch; where they may not be listed, those
 * that the kubeconfig or a person names and that may be looked into. Asked anew with each try of the watch.
 */
export class KnownNamespaces {
  readonly #opening: Opening;
  readonly #looks: LookSource;
  readonly #store: ObjectStore<Namespace>;
  readonly #ended = new AbortController();
  readonly #objectOf = perKey(byName);
  #found: Found = loading;
  #asked: Promise<unknown> | undefined;

  constructor(opening: Opening, looks: LookSource) {
    this.#opening = opening;
    this.#looks = looks;
    this.#store = opening.watch('namespaces');
    opening.add(this.#store.onDidChange(() => this.#ask()));
    opening.add(looks.onDidChange(() => this.#ask()));
    opening.add({ dispose: () => this.#ended.abort() });
    this.#ask();
  }

  /** False: there may be others that nobody has named. */
  get isComplete(): boolean {
    const { objects } = this.#store;
    return !(objects.state === 'failed' && objects.error.code === 'kube.forbidden');
  }

  get objects(): Loadable<ReadonlyMap<string, Namespace>> {
    if (this.isComplete) return this.#store.objects;
    return mapLoadable(this.#found, (found) => {
      const open = found.filter(({ access }) => access.allowed);
      return new Map(open.map(({ name }) => [name, this.#objectOf(name)]));
    });
  }

  /** Those that may be looked into, where not all of them may be listed. */
  get places(): readonly string[] | undefined {
    if (this.isComplete) return undefined;
    return (valueOf(this.#found) ?? []).filter(({ access }) => access.allowed).map(({ name }) => name);
  }

  /** Rows that say what is missing and why. */
  notices(): readonly TreeNode[] {
    const error = errorOf(this.#store.objects);
    if (this.isComplete || !error) return [];
    const refused = (valueOf(this.#found) ?? []).filter(({ isNamed, access }) => isNamed && !access.allowed);
    return [this.#incompleteNode(error.message), ...refused.map(refusedNode)];
  }

  #ask(): void {
    if (this.isComplete || this.#ended.signal.aborted) return;
    const { cluster, clock, ref } = this.#opening.inside;
    const { signal } = this.#ended;
    const asked = cluster.findNamespaces(namesOf(ref, this.#looks.look.named), signal).then(
      (value): Found => ({ state: 'ready', value, at: clock.now() }),
      (error: unknown) => failed(this.#found, toJarvisError(error), clock.now()),
    );
    this.#asked = asked;
    void asked.then((found) => {
      if (this.#asked !== asked || signal.aborted) return;
      this.#found = found;
      this.#opening.changed();
    });
  }

  #incompleteNode(reason: string): TreeNode {
    return {
      key: 'incomplete',
      row: () => ({
        label: t('Not all namespaces: you may not list them'),
        description: t('Show Namespaces by Name…'),
        icon: { id: 'lock', color: 'problemsWarningIcon.foreground' },
        context: 'state.forbidden',
        command: 'jarvis.addNamespace',
      }),
      subject: { namesOf: this.#opening.inside.ref },
      tooltip: () => ({
        title: t('Not all namespaces: you may not list them'),
        text: [reason, t('Jarvis shows those that the kubeconfig names and those that you name.')],
      }),
    };
  }
}

/** A namespace of which the name alone is known. */
function byName(name: string): Namespace {
  return {
    uid: name,
    name,
    namespace: '',
    resourceVersion: '',
    createdAt: NaN,
    labels: {},
    owners: [],
    phase: '',
  };
}

function refusedNode({ name, access }: FoundNamespace): TreeNode {
  return {
    key: `refused ${name}`,
    row: () => ({
      label: name,
      description: access.reason || t('you may not list its pods'),
      icon: { id: 'lock' },
      context: 'state.forbidden',
    }),
  };
}
