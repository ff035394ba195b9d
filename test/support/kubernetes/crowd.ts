import { Pool } from 'undici';

/** Where the crowd lives: an API server and how to be let in. */
export interface CrowdHome {
  readonly server: string;
  readonly authority: string;
  readonly token: string;
}

/** Names of one width, so that a replay can write others over them. */
export const crowdNamespace = 'crowd-0000';
export const crowdNode = (number: number) => `worker-${String(number).padStart(4, '0')}`;
const crowdNodes = 200;
const podsPerWorkload = 20;
const parallel = 40;

/**
 * Fills a lab with pods in one namespace, as a big cluster has them: labelled, owned, ten settings each. They are bound
 * to nodes of kwok and running already, so that neither the scheduler nor kwok has a part in it.
 */
export async function createCrowd(home: CrowdHome, pods: number): Promise<void> {
  const pool = new Pool(home.server, { connections: parallel, connect: { ca: home.authority } });
  const send = async (method: 'POST' | 'PATCH', path: string, content: unknown): Promise<Created> => {
    const type = method === 'POST' ? 'application/json' : 'application/merge-patch+json';
    const headers = { authorization: `Bearer ${home.token}`, 'content-type': type };
    const { statusCode, body } = await pool.request({ method, path, headers, body: JSON.stringify(content) });
    const text = await body.text();
    if (statusCode >= 300) throw new Error(`${method} ${path}: ${statusCode} ${text.slice(0, 300)}`);
    return (JSON.parse(text) as { metadata: Created }).metadata;
  };
  try {
    await send('POST', '/api/v1/namespaces', { metadata: { name: crowdNamespace } });
    await each(crowdNodes, (number) => send('POST', '/api/v1/nodes', node(number)));
    const owners: string[] = [];
    await each(Math.ceil(pods / podsPerWorkload), async (number) => {
      const path = `/apis/apps/v1/namespaces/${crowdNamespace}/deployments`;
      owners[number] = (await send('POST', path, workload(number))).uid;
    });
    await each(pods, async (number) => {
      const path = `/api/v1/namespaces/${crowdNamespace}/pods`;
      const { name } = await send('POST', path, pod(number, owners[Math.floor(number / podsPerWorkload)] ?? ''));
      await send('PATCH', `${path}/${name}/status`, { status: running(number) });
    });
  } finally {
    await pool.close();
  }
}
interface Created {
  readonly name: string;
  readonly uid: string;
}

async function each(count: number, work: (number: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let number = next++; number < count; number = next++) await work(number);
  };
  await Promise.all(Array.from({ length: parallel }, worker));
}

function node(number: number): unknown {
  const room = { cpu: '32', memory: '128Gi', pods: '250' };
  return {
    metadata: { name: crowdNode(number), annotations: { 'kwok.x-k8s.io/node': 'fake' } },
    status: { allocatable: room, capacity: room },
  };
}

const nameOf = (workload: number) => `shop-${String(workload).padStart(4, '0')}`;
const labelsOf = (workload: number) => ({
  'app.kubernetes.io/name': nameOf(workload),
  'app.kubernetes.io/instance': nameOf(workload),
  'app.kubernetes.io/managed-by': 'Helm',
  'app.kubernetes.io/version': '1.2.3',
  'pod-template-hash': '6d5f8c7b9d',
});

/** Owns the pods for the garbage collector's sake; paused, it does nothing about them. */
function workload(number: number): unknown {
  const labels = labelsOf(number);
  return {
    metadata: { name: nameOf(number), labels },
    spec: {
      replicas: 0,
      paused: true,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: podSpec() },
    },
  };
}

function pod(number: number, uid: string): unknown {
  const owner = Math.floor(number / podsPerWorkload);
  const name = `${nameOf(owner)}-6d5f8c7b9d-${(number * 7919).toString(36).padStart(5, 'x').slice(-5)}`;
  const ownerReferences = [{ apiVersion: 'apps/v1', kind: 'Deployment', name: nameOf(owner), uid, controller: true }];
  return {
    metadata: { name, labels: labelsOf(owner), ownerReferences },
    spec: { ...podSpec(), nodeName: crowdNode(number % crowdNodes) },
  };
}

function podSpec(): Record<string, unknown> {
  const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };
  const env = Array.from({ length: 10 }, (_, index) => ({ name: `SETTING_${index}`, value: `value ${index}` }));
  const probe = { httpGet: { path: '/health', port: 8080 }, periodSeconds: 10 };
  return {
    containers: [
      {
        name: 'app',
        image: 'registry.example/shop/app:1.2.3',
        resources,
        env,
        readinessProbe: probe,
        livenessProbe: probe,
      },
    ],
  };
}

/** What a kubelet tells of a pod that has been up for a while; each began at a time of its own. */
function running(number: number): unknown {
  const at = new Date(Date.now() - 3_600_000 - number * 60_000).toISOString().replace(/\.\d+Z/, 'Z');
  const image = 'registry.example/shop/app';
  const podIP = `10.1.${number >> 8}.${number & 255}`;
  const digest = number.toString(16).padStart(64, '0');
  return {
    phase: 'Running',
    // kwok may have been faster: lists and single fields must agree
    hostIP: '10.0.0.1',
    hostIPs: [{ ip: '10.0.0.1' }],
    podIP,
    podIPs: [{ ip: podIP }],
    startTime: at,
    qosClass: 'Burstable',
    conditions: ['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady', 'Ready'].map(
      (type) => ({
        type,
        status: 'True',
        lastTransitionTime: at,
      }),
    ),
    containerStatuses: [
      {
        name: 'app',
        image: `${image}:1.2.3`,
        imageID: `${image}@sha256:${'0123456789abcdef'.repeat(4)}`,
        containerID: `containerd://${digest}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: at } },
      },
    ],
  };
}
