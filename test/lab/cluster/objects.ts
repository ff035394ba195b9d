import { remedyNames } from '../../../src/domain/set-up/files.ts';
import type { Manifest } from './client.ts';

/** The nodes: three m5.xlarge in three zones of Seoul, as EKS labels them. */
const nodes = [
  { name: 'ip-10-0-1-11.ap-northeast-2.compute.internal', zone: 'ap-northeast-2a', instance: 'i-0a1b2c3d4e5f60001' },
  { name: 'ip-10-0-2-12.ap-northeast-2.compute.internal', zone: 'ap-northeast-2b', instance: 'i-0a1b2c3d4e5f60002' },
  { name: 'ip-10-0-3-13.ap-northeast-2.compute.internal', zone: 'ap-northeast-2c', instance: 'i-0a1b2c3d4e5f60003' },
];
const instanceType = 'm5.xlarge';

export function nodeObjects(): Manifest[] {
  return nodes.map(({ name, zone, instance }) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: {
        'kwok.x-k8s.io/node': 'fake',
        'metrics.k8s.io/resource-metrics-path': `/metrics/nodes/${name}/metrics/resource`,
      },
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'kubernetes.io/hostname': name,
        'node.kubernetes.io/instance-type': instanceType,
        'topology.kubernetes.io/region': zone.slice(0, -1),
        'topology.kubernetes.io/zone': zone,
        'eks.amazonaws.com/nodegroup': 'general',
        'eks.amazonaws.com/capacityType': 'ON_DEMAND',
      },
    },
    spec: { providerID: `aws:///${zone}/${instance}` },
    status: {
      capacity: { cpu: '4', memory: '16Gi', pods: '58', 'ephemeral-storage': '80Gi' },
      allocatable: { cpu: '3920m', memory: '15Gi', pods: '58', 'ephemeral-storage': '72Gi' },
    },
  }));
}

const rbac = 'rbac.authorization.k8s.io';

/** The read-only user of the token file, bound to the role `view`, which reads metrics as metrics-server's manifest has it. */
export const viewerObjects: Manifest[] = [
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'jarvis-viewer' },
    roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'view' },
    subjects: [{ apiGroup: rbac, kind: 'User', name: 'viewer' }],
  },
  {
    apiVersion: `${rbac}/v1`,
    kind: 'ClusterRole',
    metadata: { name: 'system:aggregated-metrics-reader', labels: { [`${rbac}/aggregate-to-view`]: 'true' } },
    rules: [{ apiGroups: ['metrics.k8s.io'], resources: ['pods', 'nodes'], verbs: ['get', 'list', 'watch'] }],
  },
];

export const teamMayAll = 'jarvis-team';

/** Until a test limits them to what the team's Kubernetes Roles allow, the team's functions may do everything. */
export const teamBinding: Manifest = {
  apiVersion: `${rbac}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name: teamMayAll },
  roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: Object.values(remedyNames).map((name) => ({ apiGroup: rbac, kind: 'Group', name: `jarvis-${name}` })),
};

/** What the AWS Load Balancer Controller would bring: the class of sock-shop's ingress. */
export const albClass: Manifest = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'alb' },
  spec: { controller: 'ingress.k8s.aws/alb' },
};

/** metrics-server runs beside the cluster: a Service that names this machine, and the API registered there. */
export function metricsApi(port: number): Manifest[] {
  const service = { name: 'metrics-server', namespace: 'kube-system' };
  return [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: service,
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port, protocol: 'TCP' }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: 'v1beta1.metrics.k8s.io' },
      spec: {
        group: 'metrics.k8s.io',
        version: 'v1beta1',
        service: { ...service, port },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ];
}

export const namespaceObject = (name: string): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'app.kubernetes.io/part-of': name } },
});
