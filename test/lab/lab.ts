import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startAgent } from './agent.ts';
import { type LabAws, startAws } from './aws/aws.ts';
import { deployTeamFunctions } from './aws/team-functions.ts';
import { ensureTools } from './build.ts';
import type { Progress } from './build/cached.ts';
import { type Cluster, startCluster } from './cluster/cluster.ts';
import { clusterName } from './cluster/kubeconfig.ts';
import { obey } from './control/obey.ts';
import { register } from './control/registry.ts';
import { startControl } from './control/server.ts';
import type { LabDescription } from './description.ts';
import { Faults } from './faults/faults.ts';
import { FaultProxy } from './faults/proxy.ts';
import { type LabGithub, startLabGithub } from './github/start-lab-github.ts';
import { startPodLogs } from './kubelet/pod-logs.ts';
import { startLoad } from './load.ts';
import { run } from './process/run.ts';
import { Stack } from './process/stack.ts';
import { Supervisor } from './process/supervisor.ts';
import { until } from './process/until.ts';
import { labSettings } from './settings.ts';
import { setStress, stressOn } from './stress.ts';
import { installWorkloads } from './workloads.ts';

/** What may be left out; the cluster itself is always there. The agent runs where both workloads and aws do. */
export type LabPart = 'workloads' | 'aws' | 'github';

export interface LabOptions {
  /** Hears of each step, and of what goes wrong later in the background. */
  readonly log?: Progress;
  /** Everything unless given. */
  readonly parts?: readonly LabPart[];
}

/** A running lab. */
export interface Lab {
  readonly description: LabDescription;
  readonly faults: Faults;
  /** Its GitHub, for making runs go wrong. */
  readonly github: LabGithub | undefined;
  /** Begins or ends the stress on front-end. */
  stress(on: boolean): Promise<void>;
  /** The cluster past the fault proxy: its address, who signed it, and certificates for users of any name. */
  readonly cluster: Pick<Cluster, 'server' | 'authority' | 'issueClient' | 'client'>;
  /** Runs kubectl as the admin, past the fault proxy. @returns its standard output. */
  kubectl(...args: string[]): Promise<string>;
  /** For files of whoever has started it; it goes with the lab. */
  readonly folder: string;
  /** Ends everything and removes the lab's folder. */
  close(): Promise<void>;
}

/** What the parts of a start share. */
interface Start {
  readonly tools: Awaited<ReturnType<typeof ensureTools>>;
  readonly supervisor: Supervisor;
  readonly owned: Stack;
  readonly log: Progress;
}

/** Starts a lab of its own: free ports, a temporary folder, nothing shared but the tools in the cache. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const { log = () => undefined, parts = ['workloads', 'aws', 'github'] } = options;
  const tools = await ensureTools(log);
  const owned = new Stack();
  try {
    const supervisor = await owned.add(await Supervisor.start(log), (it) => it.close());
    return await startParts({ tools, supervisor, owned, log }, new Set(parts));
  } catch (error) {
    await owned.close();
    throw error;
  }
}

async function startParts(start: Start, parts: ReadonlySet<LabPart>): Promise<Lab> {
  const { tools, supervisor, owned, log } = start;
  const step = timed(log);
  const [cluster, aws] = await Promise.all([
    step('Kubernetes', async () => owned.add(await startCluster(tools, supervisor), (it) => it.close())),
    parts.has('aws')
      ? step('AWS', async () => owned.add(await startAws(tools.ministack, supervisor), (it) => it.close()))
      : undefined,
  ]);
  const [github] = await Promise.all([
    startTeam(start, cluster, aws, parts),
    parts.has('workloads') ? step('sock-shop', () => startWorkloads(start, cluster)) : undefined,
  ]);
  if (parts.has('workloads') && aws) {
    await owned.add(startAgent(cluster.client, aws.cloudwatch, complain(log, 'the agent')), (it) => it.stop());
  }
  return hand(start, cluster, aws, github);
}

/** GitHub and the proxy before it. */
async function startGithub({ tools, supervisor, owned, log }: Start, cluster: Cluster) {
  const folder = join(supervisor.folder, 'github');
  const server = await startLabGithub({
    folder,
    cluster: clusterName,
    kubeconfig: cluster.adminKubeconfig,
    binPath: tools.bin,
    log,
    onSpawn: (group) => supervisor.adopt(group),
  });
  await owned.add(server, (it) => it.close());
  const proxy = await owned.add(await FaultProxy.start({ target: server.apiUrl, dialect: 'github' }), (it) =>
    it.close(),
  );
  return { server, proxy };
}

/** The team's repository and functions; these reach the cluster and GitHub past the proxies. */
async function startTeam(start: Start, cluster: Cluster, aws: LabAws | undefined, parts: ReadonlySet<LabPart>) {
  const step = timed(start.log);
  const github = parts.has('github') ? await step('GitHub', () => startGithub(start, cluster)) : undefined;
  if (!aws) return github;
  const { lambda: endpoint } = aws.description.endpoints;
  const team = { endpoint, folder: start.supervisor.folder, eks: cluster.eks, github: github?.server };
  await step('Lambda', () => deployTeamFunctions(team));
  return github;
}

async function startWorkloads({ tools, supervisor, owned, log }: Start, cluster: Cluster): Promise<void> {
  const { client, adminKubeconfig } = cluster;
  const env = supervisor.environment();
  await Promise.all([
    installWorkloads({ bin: tools.bin, kubeconfig: adminKubeconfig, client, env }),
    until('StressChaos is served', () => stressOn(client, 'sock-shop', {}).then(() => true)),
  ]);
  await owned.add(startLoad(client, complain(log, 'the load')), (it) => it.stop());
  const podLogs = join(supervisor.folder, 'pod-logs');
  await owned.add(startPodLogs(client, podLogs, complain(log, "the pods' logs")), (it) => it.stop());
}

/** The running parts as one lab, with its remote control. */
async function hand(
  { tools, supervisor, owned }: Start,
  cluster: Cluster,
  aws: LabAws | undefined,
  github: { readonly server: LabGithub; readonly proxy: FaultProxy } | undefined,
): Promise<Lab> {
  const faults = new Faults(cluster.apiserver, {
    kubernetes: cluster.proxy,
    ...aws?.proxies,
    ...(github && { github: github.proxy }),
  });
  const stress = (on: boolean) => setStress(cluster.client, on);
  const control = await owned.add(await startControl((command) => obey({ faults, stress }, command)), (it) =>
    it.close(),
  );
  await owned.add(await register(control), (unregister) => unregister());
  const places = {
    kubeconfig: cluster.kubeconfig,
    viewerKubeconfig: cluster.viewerKubeconfig,
    bin: tools.bin,
    ...(aws && { aws: aws.description }),
    ...(github && { github: describe(github.server, github.proxy) }),
  };
  const folder = join(supervisor.folder, 'guests');
  await mkdir(folder);
  const env = supervisor.environment({ KUBECONFIG: cluster.adminKubeconfig });
  return {
    description: {
      ...places,
      settings: labSettings(places),
      control: { url: control.url, token: control.token },
    },
    faults,
    github: github?.server,
    cluster,
    stress,
    folder,
    kubectl: (...args) => run(join(tools.bin, 'kubectl'), args, { env }),
    close: () => owned.close(),
  };
}

const describe = ({ repository, token, workTree }: LabGithub, proxy: FaultProxy) => ({
  apiUrl: proxy.url,
  repository,
  token,
  workTree,
});

function timed(log: Progress) {
  return async <T>(title: string, work: () => Promise<T>): Promise<T> => {
    const begin = Date.now();
    const result = await work();
    log(`${title}: ready after ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    return result;
  };
}

const complain = (log: Progress, who: string) => (error: unknown) => log(`${who}: ${String(error)}`);
