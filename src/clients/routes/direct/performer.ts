import type { Cluster } from '../../../domain/kubernetes/cluster.ts';
import type { ObjectInspector } from '../../../domain/kubernetes/inspector.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import type { RouteProblem, RouteRequest } from '../../../domain/remediation/route.ts';
import type { Target } from '../../../domain/remediation/target.ts';
import type { ObjectWriter } from '../../kubernetes/clusters.ts';

/** What the direct route needs of the Kubernetes client. */
export interface DirectClient extends Pick<ObjectInspector, 'read'>, ObjectWriter {
  cluster(ref: ClusterRef): Pick<Cluster, 'may'>;
}

/** How one kind of operation is done to its target. */
export interface Performer<O> {
  preview(target: Target, operation: O): RouteRequest['preview'];
  /** Everything that would make it fail, found by reading only. */
  check(client: DirectClient, target: Target, operation: O, signal: AbortSignal): Promise<readonly RouteProblem[]>;
  /** The write. @throws JarvisError remediation.changedSince, kube.* */
  perform(client: DirectClient, target: Target, operation: O, signal: AbortSignal): Promise<void>;
  /** In doubt it was not: then performing it again must be safe. */
  wasPerformed(client: DirectClient, target: Target, operation: O, signal: AbortSignal): Promise<boolean>;
}
