import { t } from '../../core/l10n.ts';
import type { ClusterRef, Deployment } from '../../domain/kubernetes/model.ts';
import { matches } from '../../domain/kubernetes/selector.ts';
import { duration } from '../../ui/time.ts';
import type { Branch, Icon, Tooltip, TreeNode } from '../../ui/tree/model.ts';
import { perObject } from '../../ui/tree/per-object.ts';
import { byName } from './order.ts';
import { podsBranch } from './pods.ts';
import type { ClusterPorts, ClustersPorts } from './ports.ts';
import { watchedBranch } from './watched.ts';

/** The deployments of a namespace; with a name, only that one. */
export function deploymentsBranch(ports: ClustersPorts, ref: ClusterRef, namespace: string, only?: string): Branch {
  return watchedBranch(ports, ref, {
    kind: 'deployments',
    namespace,
    empty: t('There are no deployments in {0}.', namespace),
    nodes(inside) {
      const nodeOf = perObject((deployment: Deployment) => deploymentNode(deployment, inside, ports));
      return (all) => byName(all.filter(({ name }) => only === undefined || name === only)).map(nodeOf);
    },
  });
}

function deploymentNode(deployment: Deployment, inside: ClusterPorts, ports: ClustersPorts): TreeNode {
  const { uid, name, namespace } = deployment;
  const { ref } = inside;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: `${readiness(deployment)} · ${duration(inside.now() - deployment.createdAt)}`,
      icon: iconOf(deployment),
      context: 'deployment scalable',
    }),
    subject: {
      pointer: { cluster: ref, kind: 'Deployment', namespace, name },
      chart: { kind: 'deployment', cluster: ref, namespace, name, uid },
      copyText: name,
    },
    branch: podsBranch(ports, ref, namespace, ({ labels }) => matches(deployment.selector, labels)),
    tooltip: () => deploymentTooltip(deployment),
  };
}

function readiness({ ready, wanted, paused }: Deployment): string {
  const text = t('{0}/{1} ready', ready, wanted);
  return paused ? `${text} · ${t('paused')}` : text;
}

function iconOf({ ready, wanted, updated }: Deployment): Icon {
  if (wanted === 0) return { id: 'circle-outline' };
  if (ready === 0) return { id: 'error', color: 'problemsErrorIcon.foreground' };
  if (ready < wanted) return { id: 'warning', color: 'problemsWarningIcon.foreground' };
  if (updated < wanted) return { id: 'sync' };
  return { id: 'pass', color: 'testing.iconPassed' };
}

function deploymentTooltip(deployment: Deployment): Tooltip {
  return {
    title: deployment.name,
    facts: [
      [t('Ready'), `${deployment.ready}/${deployment.wanted}`],
      [t('Updated'), String(deployment.updated)],
      [t('Available'), String(deployment.available)],
      ...deployment.template.containers.map(({ name, image }) => [name, image] as const),
    ],
    text: deployment.conditions.filter(({ message }) => message).map(({ type, message }) => `${type}: ${message}`),
  };
}
