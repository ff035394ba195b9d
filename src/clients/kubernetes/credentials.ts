import { JarvisError, isCancelled } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { type OutgoingHttpHeaders, validateHeaderValue } from 'node:http';
import type { RequestOptions } from 'node:https';
import type { ConnectionOptions } from 'node:tls';
import { contextMissing } from './context-missing.ts';
import type { ExecCommand, ExecPlugin } from './exec-plugin.ts';
import { type Kubeconfig, type NamedEntry, absolute, isRecord, text } from './kubeconfig.ts';

/** How to reach and convince one API server. */
export interface Access {
  readonly headers: Readonly<Record<string, string>>;
  readonly tls: TlsOptions;
  readonly proxyUrl: string | undefined;
}
export type TlsOptions = Pick<ConnectionOptions, 'ca' | 'cert' | 'key' | 'rejectUnauthorized' | 'servername'>;

export interface AccessParts {
  readonly kubeconfig: Kubeconfig;
  readonly ref: ClusterRef;
  readonly env: NodeJS.ProcessEnv;
  readonly plugin: Pick<ExecPlugin, 'ask'>;
}

/**
 * The credentials of a context. An exec plugin is run here, since client-node can neither end one that hangs nor name one
 * that is wrong; everything else is client-node's.
 * @throws JarvisError kube.contextMissing, kube.credentials (plugin missing, failed, hanging, printing garbage)
 */
export async function readAccess({ kubeconfig, ref, env, plugin }: AccessParts, signal: AbortSignal): Promise<Access> {
  const entries = kubeconfig.find(ref);
  if (!entries) throw contextMissing(ref.context);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const options: RequestOptions = {};
  try {
    const user = await userFields(entries, env, plugin, signal);
    const config = new KubeConfig();
    config.loadFromString(JSON.stringify(standalone(entries.cluster, user)));
    await config.applyToHTTPSOptions(options);
    return {
      headers: headersOf(options),
      tls: tlsOf(options),
      proxyUrl: text(entries.cluster.fields['proxy-url']) || undefined,
    };
  } catch (error) {
    throw isCancelled(error) ? error : credentialsError(ref.context, error);
  }
}

/** A kubeconfig with this one context; as JSON it is YAML too. */
function standalone(cluster: NamedEntry, user: unknown): unknown {
  return {
    'current-context': 'it',
    contexts: [{ name: 'it', context: { cluster: 'it', user: 'it' } }],
    clusters: [{ name: 'it', cluster: clusterFields(cluster) }],
    users: [{ name: 'it', user }],
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

interface Entries {
  readonly cluster: NamedEntry;
  readonly user: NamedEntry | undefined;
}

async function userFields(
  { cluster, user }: Entries,
  env: NodeJS.ProcessEnv,
  plugin: Pick<ExecPlugin, 'ask'>,
  signal: AbortSignal,
): Promise<unknown> {
  if (!user) return {};
  const { exec, ...fields } = user.fields;
  const tokenFile = text(fields['tokenFile']);
  return {
    ...fields,
    ...paths(fields, user.folder),
    // client-node reads a token file only under the name of its own
    ...(tokenFile && {
      'auth-provider': { name: 'tokenFile', config: { tokenFile: absolute(user.folder, tokenFile) } },
    }),
    ...(isRecord(exec) && (await pluginFields(execCommand(exec, user.folder, cluster, env), plugin, signal))),
  };
}

/** What a plugin answers, as if it stood in the kubeconfig. */
async function pluginFields(
  command: ExecCommand,
  plugin: Pick<ExecPlugin, 'ask'>,
  signal: AbortSignal,
): Promise<object> {
  const { token, clientCertificateData, clientKeyData } = await plugin.ask(command, signal);
  const base64 = (pem: string) => Buffer.from(pem).toString('base64');
  return {
    ...(token && { token }),
    ...(clientCertificateData && { 'client-certificate-data': base64(clientCertificateData) }),
    ...(clientKeyData && { 'client-key-data': base64(clientKeyData) }),
  };
}

function paths(fields: Readonly<Record<string, unknown>>, folder: string): Record<string, string> {
  const found = ['client-certificate', 'client-key'].flatMap((name) => {
    const path = text(fields[name]);
    return path ? [[name, absolute(folder, path)] as const] : [];
  });
  return Object.fromEntries(found);
}

/**
 * With what the plugin protocol promises: KUBERNETES_EXEC_INFO, and commands with a slash relative to their file.
 * Source: kubernetes.io, "client-go credential plugins".
 */
function execCommand(
  exec: Readonly<Record<string, unknown>>,
  folder: string,
  cluster: NamedEntry,
  env: NodeJS.ProcessEnv,
): ExecCommand {
  const command = text(exec['command']);
  const info = {
    apiVersion: exec['apiVersion'],
    kind: 'ExecCredential',
    spec: { interactive: false, ...(exec['provideClusterInfo'] === true && { cluster: cluster.fields }) },
  };
  const own = recordsIn(exec['env']).map((entry) => [text(entry['name']), text(entry['value'])] as const);
  return {
    command: /[\\/]/.test(command) ? absolute(folder, command) : command,
    args: Array.isArray(exec['args']) ? exec['args'].map(String) : [],
    env: { ...env, ...Object.fromEntries(own), KUBERNETES_EXEC_INFO: JSON.stringify(info) },
    installHint: text(exec['installHint']),
  };
}

function recordsIn(list: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** @throws TypeError where a token cannot stand in a header, without telling it */
function headersOf({ headers = {}, auth }: RequestOptions): Record<string, string> {
  const basic = auth ? { Authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  const given = Object.entries(headers as OutgoingHttpHeaders).map(([name, value]) => [name, String(value)] as const);
  for (const [name, value] of given) validateHeaderValue(name, value);
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

function credentialsError(context: string, error: unknown): JarvisError {
  const reason = error instanceof Error ? error.message.trim() : String(error);
  return new JarvisError({
    code: 'kube.credentials',
    message: t('The credentials for {0} could not be obtained: {1}', context, reason),
    cause: error,
    remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
  });
}
