import type { Condition, KubeObject, LabelSelector } from './object.ts';

/** core/v1 Pod. */
export interface Pod extends KubeObject {
  readonly phase: string;
  /** Status reason, or the waiting/terminated reason that `kubectl get pods` would show (CrashLoopBackOff, …). */
  readonly reason: string;
  readonly nodeName: string;
  readonly containers: readonly Container[];
  /** Those that say something: not the True ones of PodScheduled, PodReadyToStartContainers, Initialized, ContainersReady. */
  readonly conditions: readonly Condition[];
  readonly startedAt?: number;
  /** Of its annotations only those that tell of a restart (`kubectl.kubernetes.io/restartedAt`) and of Vault's secrets. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The Secrets, ConfigMaps and PersistentVolumeClaims of its namespace that it reads: volumes, projected volumes, envFrom, env. */
  readonly uses: readonly Use[];
}

/** A pod's dependence on another object of its namespace. */
export interface Use {
  readonly kind: 'Secret' | 'ConfigMap' | 'PersistentVolumeClaim';
  readonly name: string;
  /** It may be missing: the pod starts without it. */
  readonly optional?: boolean;
}

/** A container, or an init container, with its status. */
export interface Container {
  readonly name: string;
  readonly image: string;
  /** Which image it runs, by its digest; undefined before it does. */
  readonly imageId?: string;
  /** `sidecar`: an init container with restartPolicy Always. */
  readonly role: 'main' | 'init' | 'sidecar';
  readonly ready: boolean;
  readonly restarts: number;
  /** When the run before this one ended. */
  readonly lastRestartAt?: number;
  readonly requests: ResourceRequest;
  readonly state: ContainerState;
  /** How the run before this one ended. */
  readonly lastExit?: ContainerExit;
}

export interface ContainerState {
  /** `unknown` before the kubelet has told anything. */
  readonly kind: 'waiting' | 'running' | 'terminated' | 'unknown';
  /** CrashLoopBackOff, ImagePullBackOff, Completed, OOMKilled …; empty while it runs. */
  readonly reason: string;
  readonly message: string;
  readonly exit?: ContainerExit;
}

export interface ContainerExit {
  readonly code: number;
  /** 0 where it was not ended by a signal. */
  readonly signal: number;
  /** Error, OOMKilled, Completed … */
  readonly reason: string;
  readonly at?: number;
}

/** What a container asks for; undefined where it asks for nothing. */
export interface ResourceRequest {
  readonly cpu?: number;
  readonly memory?: number;
}

/** policy/v1 PodDisruptionBudget. */
export interface PodDisruptionBudget extends KubeObject {
  /** Absent: it chooses no pods. */
  readonly selector?: LabelSelector;
  readonly disruptionsAllowed: number;
}
