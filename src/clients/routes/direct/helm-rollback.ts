import { throwIfCancelled } from '../../../core/async.ts';
import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { fieldAt } from '../../../domain/kubernetes/field-path.ts';
import type { Operations } from '../../../domain/remediation/operation.ts';
import type { RouteProblem, RouteResult } from '../../../domain/remediation/route.ts';
import type { Target } from '../../../domain/remediation/target.ts';
import type { Work } from '../../work.ts';
import type { Performer, Tools } from './performer.ts';

/** By the user's own Helm, which is given a kubeconfig that leads nowhere but to the pinned context. */
export const helmRollback: Performer<Operations['helmRollback']> = {
  preview({ target: { cluster, namespace, name }, operation: { from, to } }) {
    return [
      { label: t('API server'), value: cluster.server },
      { label: t('Release'), value: `${namespace}/${name}` },
      { label: t('Guarded by'), value: t('revision {0} is the newest', from) },
      {
        label: t('Command'),
        value: `helm rollback --kube-context ${cluster.context} --namespace ${namespace} -- ${name} ${to}`,
      },
    ];
  },

  async check(tools, { target }, signal) {
    const [helm, access] = await Promise.all([checkHelm(tools, signal), checkAccess(tools, target, signal)]);
    return [...helm, ...access];
  },

  async perform({ client, helm }, { target: { cluster, namespace, name }, operation: { to } }, signal) {
    const kubeconfig = await client.kubeconfigOf(cluster);
    throwIfCancelled(signal);
    const { context } = cluster;
    const work = await helm.rollback({ kubeconfig, context, namespace, release: name, revision: to });
    return {
      get said() {
        return work.said;
      },
      onDidSay: work.onDidSay,
      done: resultOf(work),
      stop: () => work.stop(),
    };
  },

  afterwards: () =>
    t(
      'Helm was started by a window that was closed since, and goes on without it: what it does is seen at the release.',
    ),

  /** Helm makes a new revision first of all. */
  async wasPerformed({ client }, { target, operation: { from } }, signal) {
    return Number(fieldAt(await client.read(target, signal), 'revision')) > from;
  },
};

async function checkHelm({ helm }: Tools, signal: AbortSignal): Promise<RouteProblem[]> {
  try {
    await helm.version(signal);
    return [];
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { code, message } = toJarvisError(error);
    return [{ code, message, severity: 'blocks' }];
  }
}

/** Helm keeps its records in Secrets; what else it may do is told by the dry-run of each object. */
async function checkAccess({ client }: Tools, target: Target, signal: AbortSignal): Promise<RouteProblem[]> {
  const { namespace } = target;
  const cluster = client.cluster(target.cluster);
  const answers = await Promise.all(
    ['create', 'update'].map((verb) => cluster.may({ verb, group: '', resource: 'secrets', namespace }, signal)),
  );
  const refused = answers.find(({ allowed }) => !allowed);
  if (!refused) return [];
  const message = t('You may not write Secrets in {0}, where Helm keeps its records. {1}', namespace, refused.reason);
  return [{ code: 'kube.forbidden', message: message.trim(), severity: 'blocks' }];
}

async function resultOf(work: Work<void>): Promise<RouteResult> {
  try {
    await work.done;
    return { outcome: 'success', summary: t('Helm says that the rollback was a success.') };
  } catch (error) {
    const logTail = work.said;
    if (!isCancelled(error)) return { outcome: 'failure', summary: toJarvisError(error).message, logTail };
    const summary = t(
      'Helm was stopped half-way: what it had changed stays, and the release is pending until it is rolled back again.',
    );
    return { outcome: 'cancelled', summary, logTail };
  }
}
