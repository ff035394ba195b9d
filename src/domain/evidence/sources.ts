import type { Pod } from '../kubernetes/model.ts';

/** Where containers have values from when they start: a Secret or ConfigMap of their namespace, or Vault, by its path. */
export interface Source {
  readonly kind: 'Secret' | 'ConfigMap' | 'Vault';
  /** Of Vault the path, `secret/data/licence`; empty where an agent is there and does not say what it gives. */
  readonly name: string;
  /** It may be missing: the pod starts without it. */
  readonly optional?: boolean;
}

/**
 * Each namespace has one with the cluster's certificate and each pod mounts it; its clients read it again by themselves.
 * Source: k8s.io/kubernetes pkg/controller/certificates/rootcacertpublisher.
 */
const rootCertificate = 'kube-root-ca.crt';

/** All that the pod's containers have from their start, each once. */
export function sourcesOf(pod: Pod): readonly Source[] {
  const sources: Source[] = [];
  for (const { kind, name, optional } of pod.uses)
    if (kind !== 'PersistentVolumeClaim' && name !== rootCertificate)
      sources.push({ kind, name, ...(optional === true && { optional }) });
  for (const name of vaultPathsOf(pod)) sources.push({ kind: 'Vault', name });
  return sources;
}

export function isSame(one: Source, other: Pick<Source, 'kind' | 'name'>): boolean {
  return one.kind === other.kind && one.name === other.name;
}

/** Names a secret that Vault's agent injector gives to the pod. Source: "Vault Agent Injector annotations". */
export const vaultSecretPrefix = 'vault.hashicorp.com/agent-inject-secret-';

function vaultPathsOf({ annotations, containers }: Pod): ReadonlySet<string> {
  const named = Object.entries(annotations).filter(([key]) => key.startsWith(vaultSecretPrefix));
  if (named.length > 0) return new Set(named.map(([, path]) => path.replace(/^\/+|\/+$/g, '')));
  return new Set(containers.some(isVaultAgent) ? [''] : []);
}

/** The injector calls its containers so; others run Vault's image to fetch what the pod needs. */
function isVaultAgent({ name, image, role }: Pod['containers'][number]): boolean {
  return role !== 'main'
    ? name.startsWith('vault-agent') || /(^|\/)vault(-agent)?[:@]/.test(image)
    : name === 'vault-agent';
}
