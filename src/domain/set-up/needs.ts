import type { AccessQuery } from '../kubernetes/cluster.ts';
import type { Intent } from '../remediation/route.ts';
import type { SetUpRemedy } from './files.ts';

/** What a remedy needs before there is anything to remedy. */
export interface Needs {
  /** Values as a plan would send them. */
  readonly values: Intent['values'];
  /** What its plans and their verification read. */
  readonly reads: readonly Pick<AccessQuery, 'group' | 'resource'>[];
  /** What it writes, where Jarvis does it by itself; a dry-run asks for the same right. */
  readonly writes: readonly Right[];
  /** What its workflow or function does in the cluster, and so its Kubernetes Role must grant. */
  readonly granted: readonly Right[];
}

type Right = Pick<AccessQuery, 'verb' | 'group' | 'resource'>;

const anywhere = { cluster: 'cluster', namespace: 'namespace' };
const hpas = { group: 'autoscaling', resource: 'horizontalpodautoscalers' };
const workloads = ['deployments', 'statefulsets', 'daemonsets'].map((resource) => ({ group: 'apps', resource }));
const ingresses = { group: 'networking.k8s.io', resource: 'ingresses' };
const secrets = { group: '', resource: 'secrets' };
const pods = { group: '', resource: 'pods' };

export const needsOf: Readonly<Record<SetUpRemedy, Needs>> = {
  scaleHpa: {
    values: { ...anywhere, hpa: 'hpa', max_replicas: '2' },
    reads: [hpas, pods],
    writes: [{ verb: 'patch', ...hpas }],
    granted: each([hpas], 'get', 'list', 'watch', 'patch'),
  },
  restart: {
    values: { ...anywhere, kind: 'Deployment', name: 'name', restarted_at: '' },
    reads: [...workloads, { group: 'apps', resource: 'replicasets' }, pods],
    writes: each(workloads, 'patch'),
    granted: each(workloads, 'get', 'patch'),
  },
  switchWaf: {
    values: {
      ...anywhere,
      ingress: 'ingress',
      annotation: 'alb.ingress.kubernetes.io/wafv2-acl-arn',
      web_acl: 'none',
    },
    reads: [ingresses],
    writes: [{ verb: 'patch', ...ingresses }],
    granted: each([ingresses], 'get', 'patch'),
  },
  rollback: {
    values: { ...anywhere, release: 'release', revision: '1' },
    reads: [secrets, ...workloads, pods],
    // Helm's records; what a chart holds besides is its own
    writes: each([secrets], 'create', 'update'),
    granted: each([secrets], 'get', 'list', 'create', 'update'),
  },
};

function each(whats: readonly Omit<Right, 'verb'>[], ...verbs: readonly string[]): readonly Right[] {
  return whats.flatMap((what) => verbs.map((verb) => ({ verb, ...what })));
}
