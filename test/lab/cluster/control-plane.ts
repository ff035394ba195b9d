import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { LabTools } from '../build.ts';
import { freePorts } from '../process/ports.ts';
import type { Kubelet } from '../kubelet/kubelet.ts';
import type { Server, Supervisor } from '../process/supervisor.ts';
import { until } from '../process/until.ts';
import { Authority, type Certificate, serviceAccountKeys } from './certificates.ts';
import { KubeClient, Manifest } from './client.ts';
import type { Eks } from './eks.ts';
import * as flags from './flags.ts';
import { kubeconfig } from './kubeconfig.ts';
import { albClass, metricsApi, nodeObjects, teamBinding, viewerObjects } from './objects.ts';

/** A running cluster and what its users need. */
export interface ControlPlane {
  /** The API server's own address, before which the fault proxy stands. */
  readonly server: string;
  /** PEM of the authority that signed every certificate of the lab. */
  readonly authority: string;
  /** For a server of ours that clients of the cluster talk to. */
  readonly serverCertificate: Certificate;
  readonly tokens: { readonly admin: string; readonly viewer: string };
  /** The admin's kubeconfig, straight to the API server: for the lab's own programs. */
  readonly adminKubeconfig: string;
  /** For a user of that name, whom nothing is allowed until some role says so. */
  readonly issueClient: (user: string, groups?: readonly string[]) => Promise<Certificate>;
  readonly client: KubeClient;
  readonly apiserver: Restartable;
}

/** A server that tests take away and bring back; its port stays. */
export interface Restartable {
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** Starts etcd, the API server, the controllers, kwok with three nodes and metrics-server. */
export async function startControlPlane(
  tools: LabTools,
  supervisor: Supervisor,
  kubelet: Kubelet,
  eks: Eks,
): Promise<ControlPlane> {
  const authority = await Authority.create();
  const serverCertificate = await authority.issueServer();
  const tokens = { admin: randomBytes(16).toString('hex'), viewer: randomBytes(16).toString('hex') };
  const ports = await choosePorts();
  const server = `https://127.0.0.1:${ports.apiserver}`;
  const files = await writeFiles(join(supervisor.folder, 'pki'), authority, serverCertificate, tokens, { server, eks });
  const client = new KubeClient(server, authority.certificate, tokens.admin);

  const start = (name: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    supervisor.spawn(name, join(tools.bin, name), args, env);
  const apiserver = new ApiServer(() => start('kube-apiserver', flags.apiserverFlags(ports, files)), client);
  start('etcd', flags.etcdFlags(ports, files));
  await apiserver.start();
  start('kube-controller-manager', flags.controllerManagerFlags(files));
  start('kube-scheduler', flags.schedulerFlags(files));
  await createBasics(client, tools, ports.metrics, kubelet.rules);
  start('kwok', flags.kwokFlags(ports, files), { PATH: kubelet.commands });
  start('metrics-server', flags.metricsServerFlags(ports, files));
  return {
    server,
    authority: authority.certificate,
    serverCertificate,
    tokens,
    adminKubeconfig: files.adminKubeconfig,
    issueClient: (user, groups) => authority.issueClient(user, groups),
    client,
    apiserver,
  };
}

class ApiServer implements Restartable {
  readonly #spawn: () => Server;
  readonly #client: KubeClient;
  #running: Server | undefined;

  constructor(spawn: () => Server, client: KubeClient) {
    this.#spawn = spawn;
    this.#client = client;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    const server = this.#spawn();
    this.#running = server;
    const ready = async () => (await this.#client.get('/readyz', v.string())) === 'ok';
    await until('the API server is ready', ready, { unless: server.ended });
  }

  async kill(): Promise<void> {
    await this.#running?.kill();
    this.#running = undefined;
  }
}

async function choosePorts(): Promise<flags.Ports> {
  const [etcd = 0, etcdPeer = 0, apiserver = 0, kwok = 0, metrics = 0] = await freePorts(5);
  return { etcd, etcdPeer, apiserver, kwok, metrics };
}

async function writeFiles(
  folder: string,
  authority: Authority,
  serverCertificate: Certificate,
  tokens: ControlPlane['tokens'],
  { server, eks }: { server: string; eks: Eks },
): Promise<flags.Files> {
  const proxy = await authority.issueClient('front-proxy-client');
  const serviceAccount = serviceAccountKeys();
  await mkdir(folder, { mode: 0o700 });
  const write = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const reviewer = { server: eks.reviews, authority: '', user: 'apiserver', token: '' };
  const admin = { server, authority: authority.certificate, user: 'admin', token: tokens.admin };
  return {
    authority: await write('ca.crt', authority.certificate),
    serverCertificate: await write('server.crt', serverCertificate.certificate),
    serverKey: await write('server.key', serverCertificate.key),
    proxyCertificate: await write('front-proxy.crt', proxy.certificate),
    proxyKey: await write('front-proxy.key', proxy.key),
    serviceAccountKey: await write('service-account.key', serviceAccount.privateKey),
    serviceAccountPublicKey: await write('service-account.pub', serviceAccount.publicKey),
    tokens: await write('tokens.csv', `${tokens.admin},admin,admin,system:masters\n${tokens.viewer},viewer,viewer\n`),
    tokenReviews: await write('token-reviews.kubeconfig', kubeconfig(reviewer)),
    adminKubeconfig: await write('admin.kubeconfig', kubeconfig(admin)),
    etcdData: join(folder, '..', 'etcd'),
  };
}

async function createBasics(
  client: KubeClient,
  tools: LabTools,
  metricsPort: number,
  rules: readonly Manifest[],
): Promise<void> {
  const definitions = [...(await readObjects(tools.kwok, 'crd')), ...(await readObjects(tools.chaosMesh, 'crd'))];
  const objects = [
    ...definitions,
    ...nodeObjects(),
    ...metricsApi(metricsPort),
    ...viewerObjects,
    teamBinding,
    albClass,
  ];
  await Promise.all(objects.map((object) => client.createWhenServed(object)));
  const resources = [...(await readObjects(tools.kwok, 'resources')), ...rules];
  await Promise.all(resources.map((object) => client.createWhenServed(object)));
}

async function readObjects(folder: string, name: string): Promise<Manifest[]> {
  return v.parse(v.array(Manifest), JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')));
}
