import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Locator } from 'playwright-core';
import { namespaceObject } from '../lab/cluster/objects.ts';
import type { Lab } from '../lab/lab.ts';
import { freePorts } from '../lab/process/ports.ts';
import { World } from '../lab/weather/world.ts';
import { startAtLab } from './support/lab.ts';
import type { Workbench } from './support/workbench.ts';

/** Contexts that are each in a trouble of their own: what a person sees, the way out, and the end without a click. */
describe('a kubeconfig of troubles', () => {
  let lab: Lab;
  let workbench: Workbench;
  let clusters: Locator;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    const furnish = async (started: Lab) => {
      const kubeconfig = path.join(started.folder, 'config');
      await writeFile(kubeconfig, JSON.stringify(await troubles(started)));
      return { 'jarvis.kubernetes.kubeconfig': kubeconfig };
    };
    ({ lab, workbench } = await startAtLab({ parts: [], furnish }));
    clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    await workbench.widenSidebar(640);
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  const row = (label: string | RegExp) => workbench.treeItem(label, clusters);
  const fold = (context: string) => workbench.collapse(row(context));
  const sees = async (context: string, trouble: RegExp) => {
    await workbench.expand(row(context));
    await row(trouble).waitFor();
  };

  it('shows the namespaces that may be looked into where they may not be listed, and lets others be named', async () => {
    await workbench.expand(row(/^team/));
    const notice = row(/Not all namespaces: you may not list them.*Show Namespaces by Name…/);
    await notice.waitFor();
    await row(/^orders/).waitFor();
    await workbench.screenshot('state-forbidden-namespaces');
    await notice.click();
    await workbench.enter('Show Namespaces of team by Name', 'payments, hidden');
    await row(/^payments/).waitFor();
    await row(/^hidden.*you may not list its pods/).waitFor();
    await workbench.expand(row(/^payments/));
    await row('Workloads').waitFor();
    await workbench.screenshot('state-forbidden-named');
    await fold('team');
  });

  it('says that a certificate is not trusted, and that a proxy cannot be reached', async () => {
    await sees('stranger', /The certificate of stranger .* is not trusted.*Open Setting/);
    await sees(
      'behind-proxy',
      /behind-proxy .* cannot be reached through the proxy http:\/\/127\.0\.0\.1:\d+.*Try Again/,
    );
    await workbench.screenshot('state-unreachable');
    await fold('stranger');
    await fold('behind-proxy');
  });

  it('names an exec plugin that is missing', async () => {
    await sees('no-plugin', /no-such-plugin is not installed, or not in the PATH\..*Try Again/);
    await fold('no-plugin');
  });

  it('names an exec plugin that prints garbage, and goes on by itself once it works', async () => {
    await sees('garbage', /sign-in answered with something that is no credential\..*Try Again/);
    await workbench.screenshot('state-plugin');
    await writeFile(path.join(lab.folder, 'well'), '');
    await row(/something that is no credential/).waitFor({ state: 'detached' });
    await row(/^default/).waitFor();
    await fold('garbage');
  });

  it('says since when and why what is seen is old, and is alive again by itself', async () => {
    await workbench.expand(row(/^prod/));
    await row(/^default/).waitFor();
    lab.faults.kubernetes.add(
      { kind: 'respond', status: 500, message: 'etcdserver: leader changed' },
      { path: 'watch=1' },
    );
    lab.faults.kubernetes.cutConnections();
    const stale = row(/Not up to date since .*prod failed: etcdserver: leader changed/);
    await stale.waitFor();
    await row(/^default/).waitFor();
    await workbench.screenshot('state-stale-why');
    await lab.cluster.client.create(namespaceObject('after-the-storm'));
    lab.faults.clear();
    await stale.waitFor({ state: 'detached' });
    await row('after-the-storm').waitFor();
  });
});

/** A kubeconfig with a context for each trouble, named after it; `prod` has none. */
async function troubles(lab: Lab): Promise<object> {
  const world = await World.of(lab);
  for (const name of ['orders', 'payments', 'hidden']) await world.create(namespaceObject(name));
  for (const name of ['orders', 'payments'])
    await lab.kubectl('-n', name, 'create', 'rolebinding', 'team', '--clusterrole=view', '--user=alice');
  const [port = 0] = await freePorts(1);
  const apiVersion = 'client.authentication.k8s.io/v1';
  const credential = JSON.stringify({ apiVersion, kind: 'ExecCredential', status: { token: world.tokens.admin } });
  const garbage = await world.plugin(lab.folder, `[ -e well ] || { echo half-a-token; exit; }\necho '${credential}'`);
  const trusted = { 'certificate-authority-data': Buffer.from(lab.cluster.authority).toString('base64') };
  const all = {
    prod: {},
    team: { ...(await world.certified('alice')), namespace: 'orders' },
    stranger: { cluster: {} },
    'behind-proxy': { cluster: { ...trusted, 'proxy-url': `http://127.0.0.1:${port}` } },
    'no-plugin': { user: { exec: { apiVersion, command: 'no-such-plugin' } } },
    garbage: { user: garbage },
  };
  return merged(Object.entries(all).map(([name, context]) => [name, world.kubeconfig(context)] as const));
}

interface Lists {
  readonly contexts: readonly { readonly context: object }[];
  readonly clusters: readonly object[];
  readonly users: readonly object[];
}

/** Kubeconfigs of one context each as one, every entry under the new name. */
function merged(configs: readonly (readonly [name: string, config: object])[]): object {
  const lists = configs.map(([name, config]) => ({ name, ...(config as Lists) }));
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': lists[0]?.name,
    contexts: lists.map(({ name, contexts }) => ({
      name,
      context: { ...contexts[0]?.context, cluster: name, user: name },
    })),
    clusters: lists.map(({ name, clusters }) => ({ ...clusters[0], name })),
    users: lists.map(({ name, users }) => ({ ...users[0], name })),
  };
}
