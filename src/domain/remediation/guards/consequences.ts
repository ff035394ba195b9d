import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ControllerKind, Owner } from '../plan.ts';
import { gitPlaceOf } from './git-page.ts';

/** What the owner's controller, read now, will make of the change. */
type Said = Pick<Owner, 'consequence' | 'reverts' | 'git'>;

interface Controller {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  /** Where it lives when the object does not say. */
  readonly namespaces: readonly string[];
  readonly says: (controller: JsonObject, name: string) => Said;
}

const controllers: Readonly<Record<ControllerKind, Controller>> = {
  Application: {
    group: 'argoproj.io',
    version: 'v1alpha1',
    resource: 'applications',
    namespaces: ['argocd', 'openshift-gitops'],
    says: application,
  },
  Kustomization: {
    group: 'kustomize.toolkit.fluxcd.io',
    version: 'v1',
    resource: 'kustomizations',
    namespaces: ['flux-system'],
    says: kustomization,
  },
  HelmRelease: {
    group: 'helm.toolkit.fluxcd.io',
    version: 'v2',
    resource: 'helmreleases',
    namespaces: ['flux-system'],
    says: helmRelease,
  },
};

/**
 * The owners with what they will make of the change, where this user may read what tells it. Where not, what the object
 * itself says stands: that the change will be taken back. @throws CancelledError
 */
export function withConsequences(
  owners: readonly Owner[],
  cluster: Pick<Cluster, 'ref' | 'read'>,
  signal: AbortSignal,
): Promise<readonly Owner[]> {
  return Promise.all(owners.map(async (owner) => ({ ...owner, ...(await saidOf(owner, cluster, signal)) })));
}

async function saidOf({ controller }: Owner, cluster: Pick<Cluster, 'ref' | 'read'>, signal: AbortSignal) {
  if (!controller) return undefined;
  const { kind, name } = controller;
  const { group, version, resource, namespaces, says } = controllers[kind];
  for (const namespace of controller.namespace === undefined ? namespaces : [controller.namespace]) {
    const ref = { cluster: cluster.ref, group, version, resource, kind, namespace, name, uid: '' };
    const read = await cluster.read(ref, signal).catch(unlessUnseen);
    if (read) return says(read, name);
  }
  return undefined;
}

/** Of another cluster's Argo CD, or not for this user to see. */
function unlessUnseen(error: unknown): undefined {
  if (isCancelled(error)) throw error;
  const { code } = toJarvisError(error);
  if (code !== 'kube.notFound' && code !== 'kube.forbidden') throw error;
}

/** Source: Argo CD, "Automated Sync Policy": without selfHeal only a new commit is synced; `enabled: false` switches it off. */
function application(app: JsonObject, name: string): Said {
  const automated = fieldAt(app, 'spec.syncPolicy.automated');
  const isAutomated = isJsonObject(automated) && automated['enabled'] !== false;
  const reverts = isAutomated && automated['selfHeal'] === true;
  const place = gitPlaceOf(app);
  const consequence = reverts
    ? t('Argo CD application {0} heals itself: it will take this back within seconds.', name)
    : isAutomated
      ? t('Argo CD application {0} will take this back when it syncs the next commit.', name)
      : t('Argo CD application {0} will take this back when somebody syncs it.', name);
  const lasting = place ? ` ${t('To stay, it must be changed in {0}.', place.text)}` : '';
  return { consequence: consequence + lasting, reverts, ...(place?.page !== undefined && { git: place.page }) };
}

/** Source: Flux, "Kustomization": every interval it applies what is in Git, unless suspended. */
function kustomization(object: JsonObject, name: string): Said {
  if (isSuspended(object)) return suspended('Kustomization', name);
  const interval = fieldAt(object, 'spec.interval');
  const within = typeof interval === 'string' ? interval : '?';
  return { consequence: t('Flux Kustomization {0} will take this back within {1}.', name, within), reverts: true };
}

/** Source: Flux, "HelmRelease", drift detection: only its mode `enabled` corrects; the default is `disabled`. */
function helmRelease(object: JsonObject, name: string): Said {
  if (isSuspended(object)) return suspended('HelmRelease', name);
  const reverts = fieldAt(object, 'spec.driftDetection.mode') === 'enabled';
  const consequence = reverts
    ? t('Flux HelmRelease {0} corrects drift: it will take this back at its next reconciliation.', name)
    : t('Flux HelmRelease {0} will take this back with its next upgrade.', name);
  return { consequence, reverts };
}

function isSuspended(object: JsonObject): boolean {
  return fieldAt(object, 'spec.suspend') === true;
}

function suspended(kind: string, name: string): Said {
  return {
    consequence: t('Flux {0} {1} is suspended: it will take this back when it is resumed.', kind, name),
    reverts: false,
  };
}
