import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LabTools } from '../build.ts';
import { FaultProxy } from '../faults/proxy.ts';
import { startKubelet } from '../kubelet/kubelet.ts';
import type { Supervisor } from '../process/supervisor.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { type Eks, startEks } from './eks.ts';
import { kubeconfig } from './kubeconfig.ts';

/** The control plane behind its fault proxy, with the kubeconfigs that are handed out. */
export interface Cluster extends ControlPlane {
  readonly proxy: FaultProxy;
  readonly eks: Eks;
  readonly kubeconfig: string;
  readonly viewerKubeconfig: string;
  close(): Promise<void>;
}

export async function startCluster(tools: LabTools, supervisor: Supervisor): Promise<Cluster> {
  const kubelet = await startKubelet(join(supervisor.folder, 'kubelet'));
  const eks = await startEks();
  const plane = await startControlPlane(tools, supervisor, kubelet, eks);
  const { authority, tokens, serverCertificate } = plane;
  const proxy = await FaultProxy.start({
    target: plane.server,
    dialect: 'kubernetes',
    tls: { ...serverCertificate, authority },
  });
  eks.describe(proxy.url, authority);
  const write = async (name: string, user: keyof typeof tokens) => {
    const path = join(supervisor.folder, name);
    const text = kubeconfig({ server: proxy.url, authority, user, token: tokens[user] });
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  return {
    ...plane,
    proxy,
    eks,
    kubeconfig: await write('kubeconfig', 'admin'),
    viewerKubeconfig: await write('viewer.kubeconfig', 'viewer'),
    async close() {
      await proxy.close();
      await kubelet.close();
      await eks.close();
      await plane.client.close();
    },
  };
}
