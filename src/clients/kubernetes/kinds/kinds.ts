import type { Kind as KindName, KindMap } from '../../../domain/kubernetes/cluster.ts';
import { deployments } from './deployments.ts';
import { horizontalpodautoscalers } from './horizontalpodautoscalers.ts';
import type { Kind } from './kind.ts';
import { namespaces } from './namespaces.ts';
import { nodes } from './nodes.ts';
import { pods } from './pods.ts';
import { releases } from './releases.ts';

/** To add a kind: its file, its line here, its type in domain/kubernetes/cluster.ts. */
export const kinds: { readonly [K in KindName]: Kind<KindMap[K]> } = {
  namespaces,
  nodes,
  pods,
  deployments,
  horizontalpodautoscalers,
  releases,
};
