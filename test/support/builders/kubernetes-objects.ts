import type {
  Configuration,
  Container,
  CronJob,
  DaemonSet,
  Deployment,
  Hpa,
  Ingress,
  Job,
  KubeObject,
  Node,
  PersistentVolumeClaim,
  Pod,
  PodDisruptionBudget,
  ReleaseRevision,
  ReplicaSet,
  Service,
  StatefulSet,
  Warning,
  Workload,
} from '../../../src/domain/kubernetes/model.ts';

const object: KubeObject = {
  uid: 'uid',
  name: 'name',
  namespace: 'sock-shop',
  resourceVersion: '1',
  createdAt: Date.parse('2026-11-20T09:00:00Z'),
  labels: {},
  owners: [],
};

/** front-end's HPA in the incident: 2..4, CPU at 200 % of a 50 % target. */
export function anHpa(over: Partial<Hpa> = {}): Hpa {
  return {
    ...object,
    uid: 'uid-front-end',
    name: 'front-end',
    annotations: {},
    target: { kind: 'Deployment', name: 'front-end' },
    minReplicas: 2,
    maxReplicas: 4,
    currentReplicas: 4,
    desiredReplicas: 4,
    metrics: [{ type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current: 200 }],
    conditions: [],
    ...over,
  };
}

/** What Deployments, StatefulSets and DaemonSets have in common: four pods of four are ready. */
function workload(name: string): Workload {
  return {
    ...object,
    name,
    annotations: {},
    selector: { matchLabels: { name }, matchExpressions: [] },
    wanted: 4,
    ready: 4,
    updated: 4,
    available: 4,
    generation: 1,
    observedGeneration: 1,
    conditions: [],
    template: {
      containers: [{ name, image: `${name}:1`, requests: { cpu: 200, memory: 64 * 2 ** 20 } }],
      nodeSelector: {},
      tolerations: [],
      constrained: false,
    },
  };
}

export function aDeployment(over: Partial<Deployment> = {}): Deployment {
  return { ...workload('front-end'), uid: 'uid-deployment-front-end', paused: false, ...over };
}

export function aStatefulSet(over: Partial<StatefulSet> = {}): StatefulSet {
  return { ...workload('carts-db'), uid: 'uid-statefulset-carts-db', ...over };
}

export function aDaemonSet(over: Partial<DaemonSet> = {}): DaemonSet {
  return { ...workload('log-agent'), uid: 'uid-daemonset-log-agent', ...over };
}

/** Revision 3 of front-end. */
export function aReplicaSet(over: Partial<ReplicaSet> = {}): ReplicaSet {
  const { selector, wanted, ready, template } = workload('front-end');
  return {
    ...object,
    uid: 'uid-replicaset-front-end',
    name: 'front-end-6d5f8c7b9d',
    owners: [{ kind: 'Deployment', name: 'front-end', uid: 'uid-deployment-front-end', controller: true }],
    selector,
    wanted,
    ready,
    revision: 3,
    template,
    ...over,
  };
}

/** A job of one pod, which runs. */
export function aJob(over: Partial<Job> = {}): Job {
  return {
    ...object,
    uid: 'uid-job',
    name: 'migrate',
    selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': 'uid-job' }, matchExpressions: [] },
    completions: 1,
    active: 1,
    succeeded: 0,
    failed: 0,
    suspended: false,
    startedAt: object.createdAt,
    conditions: [],
    ...over,
  };
}

export function aCronJob(over: Partial<CronJob> = {}): CronJob {
  return {
    ...object,
    uid: 'uid-cronjob',
    name: 'report',
    schedule: '0 3 * * *',
    timeZone: '',
    suspended: false,
    active: 0,
    ...over,
  };
}

/** A main container that runs and is ready. */
export function aContainer(over: Partial<Container> = {}): Container {
  return {
    name: 'front-end',
    image: 'front-end:1',
    role: 'main',
    ready: true,
    restarts: 0,
    requests: { cpu: 200, memory: 64 * 2 ** 20 },
    state: { kind: 'running', reason: '', message: '' },
    ...over,
  };
}

export function aPod(over: Partial<Pod> = {}): Pod {
  return {
    ...object,
    uid: 'uid-pod',
    name: 'front-end-0',
    labels: { name: 'front-end' },
    phase: 'Running',
    reason: '',
    nodeName: 'node-0',
    containers: [],
    conditions: [],
    annotations: {},
    uses: [],
    ...over,
  };
}

export function aNode(over: Partial<Node> = {}): Node {
  return {
    ...object,
    uid: 'uid-node-0',
    name: 'node-0',
    namespace: '',
    unschedulable: false,
    zone: 'ap-northeast-2a',
    instanceType: 'm6i.xlarge',
    kubeletVersion: 'v1.36.3',
    taints: [],
    allocatable: { cpu: 4_000, memory: 16 * 2 ** 30, pods: 110 },
    conditions: [{ type: 'Ready', status: 'True', reason: '', message: '' }],
    ...over,
  };
}

/** front-end under its host, without TLS. */
export function anIngress(over: Partial<Ingress> = {}): Ingress {
  return {
    ...object,
    uid: 'uid-ingress',
    name: 'front-end',
    annotations: {},
    className: 'alb',
    rules: [{ host: 'shop.example.com', path: '/', pathType: 'Prefix', service: 'front-end', port: '80' }],
    tls: [],
    addresses: ['k8s-sockshop.ap-northeast-2.elb.amazonaws.com'],
    ...over,
  };
}

export function aService(over: Partial<Service> = {}): Service {
  return {
    ...object,
    uid: 'uid-service',
    name: 'front-end',
    type: 'ClusterIP',
    selector: { name: 'front-end' },
    clusterIP: '10.96.0.10',
    ports: [{ name: 'http', port: 80, targetPort: '8079', protocol: 'TCP' }],
    ...over,
  };
}

/** A ConfigMap or Secret that has not changed since it was made. */
export function aConfiguration(over: Partial<Configuration> = {}): Configuration {
  return { ...object, uid: 'uid-configuration', name: 'front-end', changedAt: object.createdAt, ...over };
}

/** Lets one of front-end's pods go. */
export function aPodDisruptionBudget(over: Partial<PodDisruptionBudget> = {}): PodDisruptionBudget {
  const selector = { matchLabels: { name: 'front-end' }, matchExpressions: [] };
  return { ...object, uid: 'uid-budget', name: 'front-end', selector, disruptionsAllowed: 1, ...over };
}

/** A bound claim of 8 GiB. */
export function aPersistentVolumeClaim(over: Partial<PersistentVolumeClaim> = {}): PersistentVolumeClaim {
  return {
    ...object,
    uid: 'uid-claim',
    name: 'data-carts-db-0',
    phase: 'Bound',
    storageClass: 'gp3',
    volume: 'pvc-uid-claim',
    requested: 8 * 2 ** 30,
    capacity: 8 * 2 ** 30,
    accessModes: ['ReadWriteOnce'],
    ...over,
  };
}

/** The back-off of a pod's container. */
export function aWarning(over: Partial<Warning> = {}): Warning {
  return {
    ...object,
    uid: 'uid-warning',
    name: 'front-end-0.17a0',
    about: { kind: 'Pod', namespace: 'sock-shop', name: 'front-end-0', uid: 'uid-pod' },
    reason: 'BackOff',
    message: 'Back-off restarting failed container',
    count: 1,
    firstAt: object.createdAt,
    lastAt: object.createdAt,
    ...over,
  };
}

/** The first revision of sock-shop, deployed. */
export function aRelease(over: Partial<ReleaseRevision> = {}): ReleaseRevision {
  return {
    ...object,
    uid: 'uid-release',
    name: 'sh.helm.release.v1.sock-shop.v1',
    release: 'sock-shop',
    revision: 1,
    status: 'deployed',
    ...over,
  };
}
