/** One API server as one kubeconfig context reaches it. Pinned in plans: never "the current context". */
export interface ClusterRef {
  /** The context's name in the kubeconfig. */
  readonly context: string;
  /** The server's URL. Two contexts with one name are told apart by it. */
  readonly server: string;
  /** The kubeconfig's name for the cluster (for EKS the ARN or the cluster's name). */
  readonly cluster: string;
}

/** What all namespaced and cluster objects have (meta/v1 ObjectMeta). */
export interface KubeObject {
  readonly uid: string;
  readonly name: string;
  /** Empty for cluster-scoped objects. */
  readonly namespace: string;
  readonly resourceVersion: string;
  readonly createdAt: number;
  readonly deletedAt?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly owners: readonly OwnerReference[];
}

export interface OwnerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

export interface Condition {
  readonly type: string;
  /** `True`, `False` or `Unknown`. */
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly changedAt?: number;
}

/** meta/v1 LabelSelector. */
export interface LabelSelector {
  readonly matchLabels: Readonly<Record<string, string>>;
  readonly matchExpressions: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values: readonly string[];
  }[];
}

/** core/v1 Namespace. */
export interface Namespace extends KubeObject {
  readonly phase: string;
}
