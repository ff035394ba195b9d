import type { Cluster } from '../../../domain/kubernetes/cluster.ts';
import type { ObjectInspector } from '../../../domain/kubernetes/inspector.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import type { RouteProblem, RouteRequest, RouteResult } from '../../../domain/remediation/route.ts';
import type { Target } from '../../../domain/remediation/target.ts';
import type { HelmCli } from '../../helm/helm-cli.ts';
import type { KubeconfigWriter, ObjectWriter } from '../../kubernetes/clusters.ts';
import type { Work } from '../../work.ts';

/** What the direct route needs of the Kubernetes client. */
export interface DirectClient extends Pick<ObjectInspector, 'read'>, ObjectWriter, KubeconfigWriter {
  cluster(ref: ClusterRef): Pick<Cluster, 'may'>;
}

/** What things are done with. */
export interface Tools {
  readonly client: DirectClient;
  readonly helm: HelmCli;
}

/** What is to be done to which object, for which plan. */
export interface Job<O> {
  readonly planId: string;
  readonly target: Target;
  readonly operation: O;
}

/** How one kind of operation is done to its target. */
export interface Performer<O> {
  preview(job: Job<O>): RouteRequest['preview'];
  /** Everything that would make it fail, found by reading only. */
  check(tools: Tools, job: Job<O>, signal: AbortSignal): Promise<readonly RouteProblem[]>;
  /**
   * The write, or its beginning: undefined when it is done. The work never rejects.
   * @throws JarvisError remediation.changedSince, kube.* …
   */
  perform(tools: Tools, job: Job<O>, signal: AbortSignal): Promise<Work<RouteResult> | undefined>;
  /** What is known of what was performed and goes on in no window: one sentence. The target itself tells the rest. */
  afterwards(): string;
  /** In doubt it was not: then performing it again must be safe. */
  wasPerformed(tools: Tools, job: Job<O>, signal: AbortSignal): Promise<boolean>;
}
