/** Command lines of the control plane. The reasons beside what is not usual. */

export interface Ports {
  readonly etcd: number;
  readonly etcdPeer: number;
  readonly apiserver: number;
  readonly kwok: number;
  readonly metrics: number;
}

/** Paths of the files that the servers read. */
export interface Files {
  readonly authority: string;
  readonly serverCertificate: string;
  readonly serverKey: string;
  readonly proxyCertificate: string;
  readonly proxyKey: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPublicKey: string;
  readonly tokens: string;
  readonly tokenReviews: string;
  readonly adminKubeconfig: string;
  readonly etcdData: string;
}

export const etcdFlags = (ports: Ports, files: Files): string[] => [
  ...['--data-dir', files.etcdData],
  ...['--listen-client-urls', `http://127.0.0.1:${ports.etcd}`],
  ...['--advertise-client-urls', `http://127.0.0.1:${ports.etcd}`],
  ...['--listen-peer-urls', `http://127.0.0.1:${ports.etcdPeer}`],
  ...['--initial-advertise-peer-urls', `http://127.0.0.1:${ports.etcdPeer}`],
  ...['--initial-cluster', `default=http://127.0.0.1:${ports.etcdPeer}`],
  '--unsafe-no-fsync',
  '--log-level=error',
];

export const apiserverFlags = (ports: Ports, files: Files): string[] => [
  `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
  '--bind-address=127.0.0.1',
  '--advertise-address=127.0.0.1',
  `--secure-port=${ports.apiserver}`,
  `--tls-cert-file=${files.serverCertificate}`,
  `--tls-private-key-file=${files.serverKey}`,
  '--service-cluster-ip-range=10.96.0.0/16',
  // a loopback address cannot be an endpoint of the Service "kubernetes"
  '--endpoint-reconciler-type=none',
  `--token-auth-file=${files.tokens}`,
  // as EKS has it: a token that is in no file may be AWS's
  `--authentication-token-webhook-config-file=${files.tokenReviews}`,
  '--authentication-token-webhook-version=v1',
  '--authorization-mode=RBAC',
  '--allow-privileged=true',
  // no kubelet would mount the tokens
  '--disable-admission-plugins=ServiceAccount',
  '--service-account-issuer=https://kubernetes.default.svc',
  `--service-account-signing-key-file=${files.serviceAccountKey}`,
  `--service-account-key-file=${files.serviceAccountPublicKey}`,
  // metrics-server will not serve without one to look up
  `--client-ca-file=${files.authority}`,
  `--requestheader-client-ca-file=${files.authority}`,
  '--requestheader-allowed-names=front-proxy-client',
  '--requestheader-extra-headers-prefix=X-Remote-Extra-',
  '--requestheader-group-headers=X-Remote-Group',
  '--requestheader-username-headers=X-Remote-User',
  `--proxy-client-cert-file=${files.proxyCertificate}`,
  `--proxy-client-key-file=${files.proxyKey}`,
  // logs, exec and port-forward: the nodes' host names lead nowhere
  '--kubelet-preferred-address-types=InternalIP',
  '--profiling=false',
];

export const controllerManagerFlags = (files: Files): string[] => [
  `--kubeconfig=${files.adminKubeconfig}`,
  '--leader-elect=false',
  '--secure-port=0',
  `--service-account-private-key-file=${files.serviceAccountKey}`,
  '--use-service-account-credentials=false',
  // a person waits for these
  '--horizontal-pod-autoscaler-sync-period=5s',
  '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
  '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
  '--horizontal-pod-autoscaler-downscale-stabilization=15s',
];

export const schedulerFlags = (files: Files): string[] => [
  `--kubeconfig=${files.adminKubeconfig}`,
  '--leader-elect=false',
  '--secure-port=0',
];

export const kwokFlags = (ports: Ports, files: Files): string[] => [
  `--kubeconfig=${files.adminKubeconfig}`,
  '--manage-all-nodes',
  '--node-ip=127.0.0.1',
  `--node-port=${ports.kwok}`,
  '--node-lease-duration-seconds=40',
  `--server-address=127.0.0.1:${ports.kwok}`,
  `--tls-cert-file=${files.serverCertificate}`,
  `--tls-private-key-file=${files.serverKey}`,
  '--cidr=10.0.0.0/16',
  '-v=WARN',
  '--enable-crds=Stage,ClusterResourceUsage,ResourceUsage,Metric,Logs,ClusterLogs,Exec,ClusterExec,PortForward,ClusterPortForward',
];

export const metricsServerFlags = (ports: Ports, files: Files): string[] => [
  `--kubeconfig=${files.adminKubeconfig}`,
  `--authentication-kubeconfig=${files.adminKubeconfig}`,
  `--authorization-kubeconfig=${files.adminKubeconfig}`,
  '--bind-address=127.0.0.1',
  `--secure-port=${ports.metrics}`,
  `--tls-cert-file=${files.serverCertificate}`,
  `--tls-private-key-file=${files.serverKey}`,
  '--kubelet-insecure-tls',
  '--kubelet-preferred-address-types=InternalIP',
  '--kubelet-use-node-status-port',
  // must stay below the resolution, whose floor is 10 s
  '--kubelet-request-timeout=5s',
  '--metric-resolution=10s',
];
