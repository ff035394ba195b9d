import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { contextMissing } from './context-missing.ts';
import { type Kubeconfig, type NamedEntry, absolute, isRecord, text } from './kubeconfig.ts';

/**
 * A kubeconfig with this one context, whatever the files call current; no namespace, which is always said. As JSON it is
 * YAML too. Credentials stay as they are: plugins are asked by whoever reads it.
 * @throws JarvisError kube.contextMissing when the context is gone or names another server now
 */
export function pinnedKubeconfig(kubeconfig: Kubeconfig, ref: ClusterRef): string {
  const entries = kubeconfig.find(ref);
  if (!entries) throw contextMissing(ref.context);
  const { cluster, user } = entries;
  const name = ref.context;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    contexts: [{ name, context: { cluster: name, ...(user && { user: name }) } }],
    clusters: [{ name, cluster: withAbsolutePaths(cluster) }],
    users: user ? [{ name, user: withAbsolutePaths(user) }] : [],
  });
}

const files = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile'];

/** Relative paths start at the folder of their file, and so do commands of plugins that have a slash. */
function withAbsolutePaths({ fields, folder }: NamedEntry): object {
  const paths = files.flatMap((name) => {
    const path = text(fields[name]);
    return path ? [[name, absolute(folder, path)] as const] : [];
  });
  const { exec } = fields;
  const command = isRecord(exec) ? text(exec['command']) : '';
  const plugin =
    isRecord(exec) && /[\\/]/.test(command) ? { exec: { ...exec, command: absolute(folder, command) } } : {};
  return { ...fields, ...Object.fromEntries(paths), ...plugin };
}
