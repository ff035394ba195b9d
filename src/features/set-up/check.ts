import { unlessCancelled } from '../../core/async.ts';
import { CancelledError, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { RouteId } from '../../domain/remediation/route.ts';
import { accessLinks } from '../../domain/set-up/access-links.ts';
import type { Link } from '../../domain/set-up/link.ts';
import { queueLinks } from '../../domain/set-up/queue-links.ts';
import { roleLinks } from '../../domain/set-up/role-links.ts';
import { githubLinks, lambdaLinks } from '../../domain/set-up/route-links.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { applyRemedy } from '../../ui/errors.ts';
import { type Choice, pick } from '../../ui/prompts.ts';
import { remedyLabel } from '../../ui/remedies.ts';
import { setting } from '../../ui/settings.ts';
import { allContexts, pickCluster } from '../objects/choose-cluster.ts';
import { allRemedies, rememberedNamespaces } from './ask.ts';
import { remedyName } from './words.ts';

/** Tests every link and lists them, those that need something first; choosing one mends it, then they are tested anew. */
export async function checkSetUp(services: Services): Promise<void> {
  const links = await clusterLinks(services);
  const all = async (signal: AbortSignal) => {
    const found = await Promise.all([
      viaRoutes(services, signal),
      links(signal),
      unlessCancelled(services.alarms.refresh(), signal),
    ]);
    return [...found.flatMap((some) => some ?? []), ...queueLinks(services.alarms.scopes)].sort(byState).map(choiceOf);
  };
  const { remedies } = await pick(all, { title: t('Set-up'), placeHolder: t('Choose what is missing to mend it') });
  const [remedy] = remedies;
  if (!remedy) throw new CancelledError();
  await applyRemedy(remedy, () => void executeCommand('jarvis.checkSetUp'));
}

/** By the routes that somebody has set up, or that plans take. */
async function viaRoutes({ routes, defaultRoute, signIn }: Services, signal: AbortSignal): Promise<readonly Link[]> {
  const byId = new Map((await routes()).map((route) => [route.id, route]));
  const [github, lambda] = [byId.get('github'), byId.get('lambda')];
  const functions = setting('jarvis.remediation.functions');
  const invoked = allRemedies.filter((remedy) => defaultRoute() === 'lambda' || Object.hasOwn(functions, remedy));
  const token = async () => (await signIn()).token(setting('jarvis.github.apiUrl'));
  const links = await Promise.all([
    github && dispatches(defaultRoute()) ? githubLinks(github, allRemedies, { nameOf: remedyName, token }, signal) : [],
    lambda ? lambdaLinks(lambda, invoked, remedyName, signal) : [],
  ]);
  return links.flat();
}

/** Do workflows act here, or may they? */
function dispatches(route: RouteId): boolean {
  return route === 'github' || setting('jarvis.github.repository') !== '';
}

/** Does something else than this person act in the cluster, or may it? */
function byOthers(route: RouteId): boolean {
  return route !== 'direct' || dispatches(route) || Object.keys(setting('jarvis.remediation.functions')).length > 0;
}

/** Asks which cluster before the list opens; where no kubeconfig can be read, that is a link too. @throws CancelledError */
async function clusterLinks(services: Services): Promise<(signal: AbortSignal) => Promise<readonly Link[]>> {
  const { clusters } = services;
  try {
    const contexts = await allContexts(clusters);
    if (contexts.length === 0) return () => Promise.resolve([noCluster(t('The kubeconfig has no contexts.'))]);
    const cluster = clusters.cluster(await pickCluster(clusters, contexts));
    return (signal) => rightsIn(cluster, services, signal);
  } catch (error) {
    if (isCancelled(error)) throw error;
    return () => Promise.resolve([noCluster(toJarvisError(error).message)]);
  }
}

/** The person's, and those of workflows and functions. */
async function rightsIn(cluster: Cluster, services: Services, signal: AbortSignal): Promise<readonly Link[]> {
  const namespaces = rememberedNamespaces(services);
  const route = services.defaultRoute();
  const words = { nameOf: remedyName, writes: route === 'direct' ? 'must' : 'may' } as const;
  const [own, roles] = await Promise.all([
    accessLinks(cluster, namespaces ?? [undefined], allRemedies, words, signal),
    byOthers(route) ? roleLinks(cluster, namespaces ?? [], allRemedies, remedyName, signal) : [],
  ]);
  return [...own, ...roles, ...(byOthers(route) && !namespaces ? [noNamespaces()] : [])];
}

function noNamespaces(): Link {
  const detail = t('Not tested: Jarvis learns the namespaces when a team is set up.');
  return { title: t('Kubernetes Roles'), state: 'untested', detail, remedies: [{ kind: 'setUp' }] };
}

function noCluster(detail: string): Link {
  const remedies = [{ kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' }] as const;
  return { title: t('Cluster'), state: 'missing', detail, remedies };
}

const order = ['missing', 'warning', 'untested', 'ok'] as const satisfies readonly Link['state'][];
const icons = { missing: 'error', warning: 'warning', untested: 'circle-slash', ok: 'pass' } as const;

const byState = (a: Link, b: Link) => order.indexOf(a.state) - order.indexOf(b.state);

function choiceOf(link: Link): Choice<Link> {
  const [remedy] = link.remedies;
  const description = [stateName(link.state), ...(remedy ? [`→ ${remedyLabel(remedy)}`] : [])].join(' ');
  const detail = link.detail === '' ? {} : { detail: link.detail };
  return { label: link.title, description, ...detail, icon: icons[link.state], value: link };
}

function stateName(state: Link['state']): string {
  switch (state) {
    case 'missing':
      return t('missing');
    case 'warning':
      return t('could be better');
    case 'untested':
      return t('not tested');
    case 'ok':
      return t('in order');
  }
}
