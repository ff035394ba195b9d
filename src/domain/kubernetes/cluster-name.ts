import type { ClusterRef } from './model.ts';

/**
 * The contexts that may lead to the cluster that AWS calls `clusterName` (Container Insights' ClusterName dimension).
 * `aws eks update-kubeconfig` names cluster and context by ARN (`arn:aws:eks:REGION:ACCOUNT:cluster/NAME`), eksctl
 * `NAME.REGION.eksctl.io`; people rename contexts to the bare name. Exact names win over derived ones.
 */
export function contextsOf(clusterName: string, contexts: readonly ClusterRef[]): readonly ClusterRef[] {
  const exact = contexts.filter(({ cluster, context }) => cluster === clusterName || context === clusterName);
  return exact.length > 0 ? exact : contexts.filter(({ cluster }) => shortName(cluster) === clusterName);
}

function shortName(cluster: string): string {
  const [, ofArn] = /^arn:aws[a-z-]*:eks:[^:]*:\d*:cluster\/(.+)$/.exec(cluster) ?? [];
  const [, ofEksctl] = /^(.+)\.[a-z0-9-]+\.eksctl\.io$/.exec(cluster) ?? [];
  return ofArn ?? ofEksctl ?? cluster;
}
