import { t } from '../../core/l10n.ts';
import { errorOf, valueOf } from '../../core/loadable.ts';
import type { Clusters } from '../../domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { inLabel } from '../../ui/plain-text.ts';
import { pick } from '../../ui/prompts.ts';

/** The contexts of the kubeconfig. @throws JarvisError where none can be read */
export async function allContexts(clusters: Clusters): Promise<readonly ClusterRef[]> {
  if (!valueOf(clusters.contexts)) await clusters.refresh();
  const known = valueOf(clusters.contexts);
  const error = errorOf(clusters.contexts);
  if (!known && error) throw error;
  return known ?? [];
}

/** Asks only where there is a choice. The current context is named, never assumed. @throws CancelledError */
export async function pickCluster(clusters: Clusters, choices: readonly ClusterRef[]): Promise<ClusterRef> {
  const [only, ...more] = choices;
  if (only && more.length === 0) return only;
  const items = choices.map((value) => ({
    label: inLabel(value.context),
    description: value.context === clusters.currentContext ? t('current context') : '',
    detail: inLabel(value.server),
    value,
  }));
  return pick(items, { title: t('Which cluster?') });
}
