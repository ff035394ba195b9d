/** Manifests of one object of each kind that the product reads and sock-shop has not, in the namespace `kinds`. */
export const secretValue = 'cGFzc3dvcmQtdGhhdC1zdGF5cw==';
const namespace = 'kinds';
const container = { name: 'main', image: 'main:1' };
/** What a controller of one kind keeps, and no other may take for its own. */
const keeps = (kind: string) => ({
  selector: { matchLabels: { kind } },
  template: { metadata: { labels: { kind } }, spec: { containers: [container] } },
});
const jobTemplate = { spec: { template: { spec: { containers: [container], restartPolicy: 'Never' } } } };
const backend = { service: { name: 'each', port: { name: 'http' } } };
const about = { apiVersion: 'v1', kind: 'Pod', namespace, name: 'each', uid: 'uid-of-each' };
const storage = { storage: '1Gi' };
const claim = { accessModes: ['ReadWriteOnce'], storageClassName: 'none' };

/** A main container, one that prepares, one beside: and every way to use another object. */
const pod = {
  initContainers: [
    { name: 'prepare', image: 'prepare:1', envFrom: [{ secretRef: { name: 'in-env-from' } }] },
    { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always', resources: { requests: { cpu: '50m' } } },
  ],
  containers: [
    {
      ...container,
      resources: { requests: { cpu: '0.1', memory: '64Mi' } },
      env: [
        { name: 'PLAIN', value: 'x' },
        { name: 'KEY', valueFrom: { configMapKeyRef: { name: 'in-env', key: 'k', optional: true } } },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
      ],
    },
  ],
  volumes: [
    { name: 'a', secret: { secretName: 'in-volume' } },
    { name: 'b', configMap: { name: 'in-volume' } },
    { name: 'c', persistentVolumeClaim: { claimName: 'each' } },
    { name: 'd', projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'projected' } }] } },
    { name: 'e', emptyDir: {} },
  ],
};

const named = (apiVersion: string, kind: string, fields: object) => ({
  apiVersion,
  kind,
  ...fields,
  metadata: { name: 'each', namespace },
});

export const oneOfEach = [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
  {
    ...named('v1', 'PersistentVolume', {
      spec: { ...claim, capacity: storage, hostPath: { path: '/none' } },
    }),
    metadata: { name: 'each' },
  },
  named('v1', 'PersistentVolumeClaim', { spec: { ...claim, resources: { requests: storage } } }),
  named('v1', 'ConfigMap', { data: { key: secretValue } }),
  named('v1', 'Secret', { data: { key: secretValue } }),
  {
    ...named('v1', 'ConfigMap', {}),
    metadata: {
      name: 'sh.helm.release.v1.each.v1',
      namespace,
      labels: { owner: 'helm', name: 'each', status: 'deployed', version: '1' },
    },
  },
  named('v1', 'Pod', { spec: pod }),
  named('v1', 'Service', {
    spec: {
      selector: { kind: 'none' },
      ports: [
        { name: 'http', port: 80, targetPort: 'web' },
        { name: 'admin', port: 81, targetPort: 8081 },
      ],
    },
  }),
  named('networking.k8s.io/v1', 'Ingress', {
    spec: {
      ingressClassName: 'alb',
      defaultBackend: backend,
      tls: [{ hosts: ['shop.example.com'], secretName: 'each' }],
      rules: [
        { host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend }] } },
        { host: 'empty.example.com' },
      ],
    },
  }),
  named('policy/v1', 'PodDisruptionBudget', {
    spec: { minAvailable: 1, selector: { matchLabels: { kind: 'StatefulSet' } } },
  }),
  named('apps/v1', 'StatefulSet', { spec: { ...keeps('StatefulSet'), serviceName: 'each', replicas: 2 } }),
  named('apps/v1', 'DaemonSet', { spec: keeps('DaemonSet') }),
  named('batch/v1', 'Job', jobTemplate),
  named('batch/v1', 'CronJob', { spec: { schedule: '0 3 1 1 *', timeZone: 'Asia/Seoul', jobTemplate } }),
  named('v1', 'Event', {
    involvedObject: about,
    type: 'Warning',
    reason: 'Old',
    message: 'of the old API',
    count: 3,
    firstTimestamp: '2026-11-21T09:00:00Z',
    lastTimestamp: '2026-11-21T09:05:00Z',
  }),
  {
    ...named('events.k8s.io/v1', 'Event', {
      regarding: about,
      type: 'Warning',
      reason: 'New',
      note: 'of the new API',
      action: 'Testing',
      reportingController: 'example.com/test',
      reportingInstance: 'test-0',
      eventTime: '2026-11-21T09:00:00.123456Z',
      series: { count: 7, lastObservedTime: '2026-11-21T09:09:00.654321Z' },
    }),
    metadata: { name: 'each-new', namespace },
  },
];
