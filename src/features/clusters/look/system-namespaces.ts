/**
 * Namespaces that belong to the platform, not to those who run things on it. `kube-` is reserved for Kubernetes itself
 * (kubernetes.io, "Namespaces"); the others are the defaults of the charts and add-ons that most clusters have.
 */
export function isSystemNamespace(name: string): boolean {
  return name.startsWith('kube-') || known.has(name);
}

const known = new Set([
  'amazon-cloudwatch',
  'amazon-guardduty',
  'argocd',
  'aws-observability',
  'calico-apiserver',
  'calico-system',
  'cert-manager',
  'chaos-mesh',
  'cilium-secrets',
  'external-dns',
  'external-secrets',
  'flux-system',
  'gatekeeper-system',
  'gke-managed-system',
  'ingress-nginx',
  'istio-system',
  'karpenter',
  'keda',
  'kyverno',
  'linkerd',
  'local-path-storage',
  'metallb-system',
  'tigera-operator',
  'velero',
]);
