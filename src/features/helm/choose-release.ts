import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { newestOf } from '../../domain/helm/history.ts';
import type { RevisionRef } from '../../domain/helm/model.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import { once } from '../../domain/kubernetes/once.ts';
import type { Services } from '../../services.ts';
import { type Choice, pick } from '../../ui/prompts.ts';
import { ago } from '../../ui/time.ts';
import { allContexts, pickCluster } from '../objects/choose-cluster.ts';

/** A release as its newest revision: context, then one of all namespaces. @throws JarvisError, CancelledError */
export async function chooseRelease({ clusters }: Pick<Services, 'clusters'>, title: string): Promise<RevisionRef> {
  const cluster = clusters.cluster(await pickCluster(clusters, await allContexts(clusters)));
  return pick((signal) => releaseChoices(cluster, signal), { title, placeHolder: cluster.ref.context });
}

/** With what a revision is to be compared: what is live, or another revision of the release. @throws JarvisError, CancelledError */
export function chooseOther(
  { clusters }: Pick<Services, 'clusters'>,
  revision: RevisionRef,
): Promise<RevisionRef | 'live'> {
  const cluster = clusters.cluster(revision.cluster);
  const title = t('Compare revision {0} of {1} with what?', revision.revision, revision.name);
  return pick<RevisionRef | 'live'>((signal) => otherChoices(cluster, revision, signal), { title });
}

async function releaseChoices(cluster: Cluster, signal: AbortSignal): Promise<readonly Choice<RevisionRef>[]> {
  const releases = newestOf(await once(cluster, 'releaserecords', undefined, signal));
  if (releases.length === 0)
    throw new JarvisError({
      code: 'helm.notFound',
      message: t('There are no Helm releases in {0}.', cluster.ref.context),
    });
  return releases
    .map(({ name, newest: { namespace, revision, status } }) => ({
      label: name,
      description: [namespace, t('revision {0}', revision), status].join(' · '),
      value: { cluster: cluster.ref, namespace, name, revision },
    }))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

async function otherChoices(
  cluster: Cluster,
  one: RevisionRef,
  signal: AbortSignal,
): Promise<readonly Choice<RevisionRef | 'live'>[]> {
  const history = await cluster.releases.history(one.namespace, one.name, signal);
  const now = Date.now() + cluster.clockSkew;
  return [
    { label: t('What is live now'), description: t('the objects in the cluster'), icon: 'pulse', value: 'live' },
    ...history
      .filter(({ revision }) => revision !== one.revision)
      .map(({ revision, status, createdAt }) => ({
        label: t('revision {0}', revision),
        description: [status, ago(createdAt, now)].join(' · '),
        icon: 'history',
        value: { ...one, revision },
      })),
  ];
}
