import { t } from '../../../core/l10n.ts';
import type { Clusters } from '../../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import { isNamespaceName, namesIn } from '../../../domain/kubernetes/namespace-name.ts';
import { ask } from '../../../ui/prompts.ts';
import { allContexts, pickCluster } from '../../objects/choose-cluster.ts';
import { type Look, namesOf, pinOf } from './look.ts';

/** All names at once, so that one that is no longer wanted is simply deleted. @throws CancelledError */
export async function askForNamespaces(clusters: Clusters, { named }: Look, of?: ClusterRef): Promise<Partial<Look>> {
  const ref = of ?? (await pickCluster(clusters, await allContexts(clusters)));
  const before = namesOf(ref, named);
  const typed = await ask({
    title: t('Show Namespaces of {0} by Name', ref.context),
    prompt: t('Names of namespaces, apart by commas.'),
    placeHolder: 'orders, payments',
    value: before.join(', '),
    validateInput: problemOf,
  });
  const others = named.filter((pin) => !before.some((name) => pin === pinOf(ref, name)));
  return { named: [...others, ...namesIn(typed).map((name) => pinOf(ref, name))] };
}

function problemOf(typed: string): string | undefined {
  const wrong = namesIn(typed).find((name) => !isNamespaceName(name));
  return wrong === undefined ? undefined : t('{0} cannot be the name of a namespace.', wrong);
}
