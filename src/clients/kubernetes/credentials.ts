import { SingleFlight, sleep } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { contextMissing } from './context-missing.ts';
import { type Kubeconfig, type NamedEntry, absolute, isRecord, text } from './kubeconfig.ts';

/** How to reach and convince one API server. */
export interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsOptions;
  readonly proxyUrl: string | undefined;
}
export type TlsOptions = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>;

/** An exec plugin may open a browser to sign in; longer than this nobody waits. */
const patienceMs = 60_000;

/**
 * Asks client-node for the credentials of a context, with a configuration of its own for each time: so its cache of exec
 * tokens, which knows no 401, never gives the same expired token again.
 * @throws JarvisError kube.contextMissing, kube.credentials (plugin missing, failed, hanging, printing garbage)
 */
export async function readAccess(
  kubeconfig: Kubeconfig,
  ref: ClusterRef,
  env: NodeJS.ProcessEnv,
  clock: Clock,
): Promise<Access> {
  const entries = kubeconfig.find(ref);
  if (!entries) throw contextMissing(ref.context);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const options: RequestOptions = {};
  try {
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(standalone(entries.cluster, entries.user, env)));
    await withPatience(config.applyToHTTPSOptions(options), clock);
  } catch (error) {
    throw credentialsError(ref.context, error);
  }
  return {
    headers: headersOf(options),
    tls: tlsOf(options),
    proxyUrl: text(entries.cluster.fields['proxy-url']) || undefined,
  };
}

/** Keeps the access of a context until it is told that it no longer convinces. All who ask meanwhile share one flight. */
export class Credentials {
  readonly #read: () => Promise<Access>;
  readonly #flight = new SingleFlight<'it', Access>();

  constructor(read: () => Promise<Access>) {
    this.#read = read;
  }

  get(): Promise<Access> {
    return this.#flight.get('it', this.#read);
  }

  /** The server refused `access`: the next {@link get} asks anew, unless somebody did already. */
  async refused(access: Access): Promise<void> {
    if ((await this.get()) === access) this.#flight.forget('it');
  }

  forget(): void {
    this.#flight.forget('it');
  }
}

/** A kubeconfig with this one context; as JSON it is YAML too. */
function standalone(cluster: NamedEntry, user: NamedEntry | undefined, env: NodeJS.ProcessEnv): unknown {
  return {
    'current-context': 'it',
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    clusters: [{ name: 'it', cluster: clusterFields(cluster) }],
    users: [{ name: 'it', user: user ? userFields(user, cluster, env) : {} }],
  };
}

function clusterFields({ fields, folder }: NamedEntry): Record<string, unknown> {
  const ca = text(fields['certificate-authority']);
  // client-node refuses plain http (kubectl proxy, a tunnel) unless TLS checks are off, and then there is no TLS to check
  const plain = text(fields['server']).startsWith('http:');
  return {
    ...fields,
    ...(ca && { 'certificate-authority': absolute(folder, ca) }),
    ...(plain && { 'insecure-skip-tls-verify': true }),
  };
}

function userFields({ fields, folder }: NamedEntry, cluster: NamedEntry, env: NodeJS.ProcessEnv): unknown {
  const tokenFile = text(fields['tokenFile']);
  const exec = fields['exec'];
  return {
    ...fields,
    ...paths(fields, folder),
    // client-node reads a token file only under the name of its own
    ...(tokenFile && {
      'auth-provider': { name: 'tokenFile', config: { tokenFile: absolute(folder, tokenFile) } },
    }),
    ...(isRecord(exec) && { exec: execFields(exec, folder, cluster, env) }),
  };
}

function paths(fields: Readonly<Record<string, unknown>>, folder: string): Record<string, string> {
  const found = ['client-certificate', 'client-key'].flatMap((name) => {
    const path = text(fields[name]);
    return path ? [[name, absolute(folder, path)] as const] : [];
  });
  return Object.fromEntries(found);
}

/** With what the plugin protocol promises and client-node leaves out: KUBERNETES_EXEC_INFO, commands relative to the file. */
function execFields(
  exec: Readonly<Record<string, unknown>>,
  folder: string,
  cluster: NamedEntry,
  env: NodeJS.ProcessEnv,
): unknown {
  const command = text(exec['command']);
  const info = {
    apiVersion: exec['apiVersion'],
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec['provideClusterInfo'] === true && { cluster: cluster.fields }) },
  };
  const inherited = Object.entries(env).map(([name, value]) => ({ name, value }));
  const own: unknown[] = Array.isArray(exec['env']) ? exec['env'] : [];
  return {
    ...exec,
    command: /[\\/]/.test(command) ? absolute(folder, command) : command,
    env: [...inherited, ...own, { name: 'KUBERNETES_EXEC_INFO', value: JSON.stringify(info) }],
  };
}

function headersOf({ headers = {}, auth }: RequestOptions): Record<string, string> {
  const basic = auth ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  const given = Object.entries(headers as OutgoingHttpHeaders).map(([name, value]) => [name, String(value)] as const);
  return { ...basic, ...Object.fromEntries(given) };
}

function tlsOf({ ca, cert, key, rejectUnauthorized, servername }: RequestOptions): TlsOptions {
  return {
    ...(ca && { ca }),
    ...(cert && { cert }),
    ...(key && { key }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
    ...(servername !== undefined && { servername }),
  };
}

async function withPatience<T>(work: Promise<T>, clock: Clock): Promise<T> {
  const waiting = new AbortController();
  const patience = sleep(clock, patienceMs, waiting.signal).then(() => {
    throw new Error(t('it did not answer within {0} seconds', patienceMs / 1000));
  });
  try {
    return await Promise.race([work, patience]);
  } finally {
    patience.catch(() => undefined);
    waiting.abort();
  }
}

function credentialsError(context: string, error: unknown): JarvisError {
  const reason = error instanceof Error ? error.message.trim() : String(error);
  return new JarvisError({
    code: 'kube.credentials',
    message: t('The credentials for {0} could not be obtained: {1}', context, reason),
    cause: error,
    remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
  });
}
