import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { Clock } from '../../../src/core/clock.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import { type TestClient, testClient } from '../../support/kubernetes/client.ts';
import type { Manifest } from '../cluster/client.ts';
import type { Lab } from '../lab.ts';

/** The fields of a kubeconfig's one context. */
export interface Context {
  readonly server?: string;
  /** Of the cluster's entry; without it, one that trusts the lab. */
  readonly cluster?: object;
  readonly user?: object;
  readonly namespace?: string;
}

const name = 'prod-seoul';
const Kubeconfig = v.object({ users: v.tuple([v.object({ user: v.object({ token: v.string() }) })]) });

/** The lab as its weather tests see it: clients with any kubeconfig, each ended after its test. */
export class World {
  readonly lab: Lab;
  /** Where clients that come through the fault proxy go. */
  readonly proxied: string;
  readonly tokens: { readonly admin: string; readonly viewer: string };
  readonly #clients: TestClient[] = [];

  private constructor(lab: Lab, proxied: string, tokens: World['tokens']) {
    this.lab = lab;
    this.proxied = proxied;
    this.tokens = tokens;
  }

  static async of(lab: Lab): Promise<World> {
    const { kubeconfig, viewerKubeconfig } = lab.description;
    const [admin, viewer] = [await tokenIn(kubeconfig), await tokenIn(viewerKubeconfig)];
    const { clusters } = parse(await readFile(kubeconfig, 'utf8')) as { clusters: [{ cluster: { server: string } }] };
    return new World(lab, clusters[0].cluster.server, { admin, viewer });
  }

  /** Straight to the API server, as a user of the given name who proves it by a certificate. */
  async certified(user: string, groups: readonly string[] = []): Promise<Context> {
    const { server, issueClient } = this.lab.cluster;
    const { certificate, key } = await issueClient(user, groups);
    return { server, user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } };
  }

  /** A kubeconfig of one context; through the fault proxy as the admin unless it says otherwise. */
  kubeconfig({ server = this.proxied, cluster, user = { token: this.tokens.admin }, namespace }: Context = {}): object {
    const trusting = { 'certificate-authority-data': base64(this.lab.cluster.authority) };
    return {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': name,
      contexts: [{ name, context: { cluster: name, user: 'user', ...(namespace && { namespace }) } }],
      clusters: [{ name, cluster: { server, ...(cluster ?? trusting) } }],
      users: [{ name: 'user', user }],
    };
  }

  async open(context: Context = {}, clock?: Clock): Promise<Looking> {
    const { server = this.proxied } = context;
    const client = await testClient(this.kubeconfig(context), clock && { clock });
    this.#clients.push(client);
    const ref: ClusterRef = { context: name, server, cluster: name };
    return { ...client, ref, cluster: client.client.cluster(ref) };
  }

  /** An exec plugin in the client's folder, as a user of a kubeconfig; it notes its calls in the file `calls`. */
  async plugin(folder: string, script: string): Promise<{ readonly exec: object }> {
    const command = join(folder, 'sign-in');
    await writeFile(command, `#!/bin/sh\ncd '${folder}'\necho x >> calls\n${script}\n`);
    await chmod(command, 0o755);
    return { exec: { apiVersion: 'client.authentication.k8s.io/v1', command, interactiveMode: 'Never' } };
  }

  create(object: Manifest): Promise<unknown> {
    return this.lab.cluster.client.create(object);
  }

  /** Ends what a test has opened, and all faults. */
  async clear(): Promise<void> {
    this.lab.faults.clear();
    await Promise.all(this.#clients.splice(0).map((client) => client.dispose()));
  }
}

/** A client that looks at the lab's one cluster. */
export interface Looking extends TestClient {
  readonly ref: ClusterRef;
  readonly cluster: ReturnType<TestClient['client']['cluster']>;
}

export const base64 = (text: string) => Buffer.from(text).toString('base64');

async function tokenIn(path: string): Promise<string> {
  return v.parse(Kubeconfig, parse(await readFile(path, 'utf8'))).users[0].user.token;
}
