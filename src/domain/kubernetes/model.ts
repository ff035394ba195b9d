/**
 * What Jarvis keeps of Kubernetes objects: only the fields that it shows or decides on, read while decoding.
 * Times are milliseconds since the epoch; CPU is in millicores, memory in bytes.
 * Source of every field: k8s.io/api `generated.proto` of the group and version named at each type.
 */

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

/** What a container asks for; undefined where it asks for nothing. */
export interface ResourceRequest {
  readonly cpu?: number;
  readonly memory?: number;
}

/** core/v1 Pod. */
export interface Pod extends KubeObject {
  readonly phase: string;
  /** Status reason, or the waiting/terminated reason that `kubectl get pods` would show (CrashLoopBackOff, …). */
  readonly reason: string;
  readonly nodeName: string;
  readonly containers: readonly Container[];
  readonly conditions: readonly Condition[];
  readonly startedAt?: number;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ready: boolean;
  readonly restarts: number;
  readonly lastRestartAt?: number;
  readonly requests: ResourceRequest;
}

/** apps/v1 Deployment. */
export interface Deployment extends KubeObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly selector: LabelSelector;
  /** spec.replicas */
  readonly wanted: number;
  readonly ready: number;
  readonly updated: number;
  readonly available: number;
  readonly paused: boolean;
  readonly generation: number;
  readonly observedGeneration: number;
  readonly conditions: readonly Condition[];
  /** The pod template's scheduling needs, for the headroom forecast. */
  readonly template: PodTemplate;
}

export interface PodTemplate {
  readonly containers: readonly { readonly name: string; readonly image: string; readonly requests: ResourceRequest }[];
  readonly nodeSelector: Readonly<Record<string, string>>;
  readonly tolerations: readonly Toleration[];
  /** True where affinity or topology spread exist, which the forecast does not weigh and must say so. */
  readonly constrained: boolean;
}

export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
}

/** autoscaling/v2 HorizontalPodAutoscaler. */
export interface Hpa extends KubeObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly target: { readonly kind: string; readonly name: string };
  readonly minReplicas: number;
  readonly maxReplicas: number;
  readonly currentReplicas: number;
  readonly desiredReplicas: number;
  readonly metrics: readonly HpaMetric[];
  readonly conditions: readonly Condition[];
  readonly lastScaleAt?: number;
}

/** One metric spec joined with its current value. Values are of the metric's own unit; percent for utilization. */
export interface HpaMetric {
  /** Resource, ContainerResource, Pods, Object or External. */
  readonly type: string;
  readonly name: string;
  readonly targetKind: 'Utilization' | 'AverageValue' | 'Value';
  readonly target: number;
  readonly current?: number;
}

/** core/v1 Node. */
export interface Node extends KubeObject {
  readonly unschedulable: boolean;
  readonly taints: readonly { readonly key: string; readonly value: string; readonly effect: string }[];
  readonly allocatable: { readonly cpu: number; readonly memory: number; readonly pods: number };
  readonly conditions: readonly Condition[];
}

/** One revision of a Helm release: the Secret `sh.helm.release.v1.<name>.v<revision>`. */
export interface ReleaseRevision extends KubeObject {
  readonly release: string;
  readonly revision: number;
  /** deployed, superseded, failed, pending-upgrade, … from the label `status`. */
  readonly status: string;
  /** From the payload; undefined with `payloadError` where it could not be read. */
  readonly chart?: { readonly name: string; readonly version: string; readonly appVersion: string };
  readonly updatedAt?: number;
  readonly description?: string;
  readonly payloadError?: string;
}

/** metrics.k8s.io/v1beta1 usage of a pod or node, summed over its containers. */
export interface Usage {
  readonly namespace: string;
  readonly name: string;
  readonly cpu: number;
  readonly memory: number;
  readonly at: number;
  readonly windowSeconds: number;
}
