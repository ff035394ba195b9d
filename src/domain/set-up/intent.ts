import type { ClusterRef } from '../kubernetes/model.ts';
import type { Intent } from '../remediation/route.ts';
import type { SetUpRemedy } from './files.ts';
import { needsOf } from './needs.ts';

/** What a remedy is called where a person reads it. */
export type NameOf = (remedy: SetUpRemedy) => string;

/** A plan of nothing, which nobody sends. */
export function intentOf(remediation: SetUpRemedy): Intent {
  const cluster: ClusterRef = { context: '', cluster: '', server: '' };
  const target = { cluster, kind: 'Deployment', namespace: '', name: '', uid: '', resourceVersion: '' } as const;
  const { values } = needsOf[remediation];
  return { planId: 'jv-check', remediation, target, values, plannedFor: '', operation: { kind: 'patch', patch: [] } };
}
