import { stringify } from 'yaml';

/** The cluster's and context's name: what the CloudWatch dimension ClusterName says, too. */
export const clusterName = 'prod-seoul';

export interface KubeconfigInput {
  readonly server: string;
  readonly authority: string;
  readonly user: string;
  readonly token: string;
}

/** A kubeconfig with one context, named after the cluster. */
export function kubeconfig({ server, authority, user, token }: KubeconfigInput): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': clusterName,
    clusters: [
      {
        name: clusterName,
        cluster: { server, 'certificate-authority-data': Buffer.from(authority).toString('base64') },
      },
    ],
    users: [{ name: user, user: { token } }],
    contexts: [{ name: clusterName, context: { cluster: clusterName, user } }],
  });
}
