import type { Kind as KindName, KindMap } from '../../../domain/kubernetes/kind-map.ts';
import { configmaps, secrets } from './configuration.ts';
import { cronjobs } from './cronjobs.ts';
import { daemonsets } from './daemonsets.ts';
import { deployments } from './deployments.ts';
import { horizontalpodautoscalers } from './horizontalpodautoscalers.ts';
import { ingresses } from './ingresses.ts';
import { jobs } from './jobs.ts';
import type { Kind } from './kind.ts';
import { services } from './kube-services.ts';
import { namespaces } from './namespaces.ts';
import { nodes } from './nodes.ts';
import { persistentvolumeclaims } from './persistentvolumeclaims.ts';
import { poddisruptionbudgets } from './poddisruptionbudgets.ts';
import { pods } from './pods.ts';
import { configmapreleases, releaserecords, troubledreleases } from './releases.ts';
import { replicasets } from './replicasets.ts';
import { statefulsets } from './statefulsets.ts';
import { warnings } from './warnings.ts';

/** To add a kind: its file, its line here, its type in domain/kubernetes/kind-map.ts. */
export const kinds: { readonly [K in KindName]: Kind<KindMap[K]> } = {
  namespaces,
  nodes,
  pods,
  deployments,
  statefulsets,
  daemonsets,
  replicasets,
  jobs,
  cronjobs,
  horizontalpodautoscalers,
  ingresses,
  services,
  configmaps,
  secrets,
  persistentvolumeclaims,
  poddisruptionbudgets,
  warnings,
  releaserecords,
  configmapreleases,
  troubledreleases,
};
