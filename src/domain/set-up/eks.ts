import type { Team } from './team.ts';

/**
 * What a kubeconfig's name of a cluster tells: `aws eks update-kubeconfig` calls it by its ARN, eksctl
 * `NAME.REGION.eksctl.io`. Every other name may be the cluster's own.
 */
export function eksOf(name: string): Partial<Pick<Team, 'region' | 'account' | 'cluster'>> {
  const [, region, account, cluster] = /^arn:aws[a-z-]*:eks:([a-z0-9-]+):(\d{12}):cluster\/(.+)$/.exec(name) ?? [];
  if (region !== undefined && account !== undefined && cluster !== undefined) return { region, account, cluster };
  const [, own, where] = /^([^.]+)\.([a-z0-9-]+)\.eksctl\.io$/.exec(name) ?? [];
  return own !== undefined && where !== undefined ? { cluster: own, region: where } : { cluster: name };
}
