import { joined } from '../../../core/disposable.ts';
import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import type { Workload } from '../../kubernetes/model.ts';
import type { Lease } from '../../kubernetes/store.ts';
import { eachChange } from '../each-change.ts';
import type { Checks, WorkloadName } from '../expectation.ts';
import { targetKinds } from '../target-kinds.ts';
import { anyChange, type Check, orTrouble, type Seen } from './check.ts';

/** Each workload's controller has seen its newest template, and all of its pods are of that and available. */
export const workloadsAvailable: Check<Checks['workloadsAvailable']> = async (
  { workloads },
  { world, target, tell, signal },
) => {
  const cluster = world.clusters.cluster(target.cluster);
  const watched = workloads.map((workload) => ({
    workload,
    lease: cluster.watch(targetKinds[workload.kind], workload.namespace),
  }));
  const leases = watched.map(({ lease }) => lease);
  const look = () => judge(watched.map(({ workload, lease }) => stateOf(workload, lease)));
  try {
    await eachChange(anyChange(leases), undefined, signal, async () => tell(await orTrouble(look)));
  } finally {
    joined(leases).dispose();
  }
};

/** Undefined: it is as it should be. Else what is missing, in words. */
function stateOf({ namespace, name }: WorkloadName, { store: { objects } }: Lease<Workload>): string | undefined {
  const error = errorOf(objects);
  if (error) return `${name}: ${error.message}`;
  const all = valueOf(objects);
  if (!all) return t('{0} is not known yet', name);
  const found = [...all.values()].find((one) => one.name === name && one.namespace === namespace);
  if (!found) return t('{0} is not there', name);
  const { generation, observedGeneration, wanted, updated, available } = found;
  const done = observedGeneration >= generation && updated >= wanted && available >= wanted;
  return done ? undefined : t('{0}: {1} of {2} available', name, Math.min(updated, available), wanted);
}

const most = 3;

function judge(states: readonly (string | undefined)[]): Seen {
  const missing = states.filter((state) => state !== undefined);
  if (missing.length === 0) return { met: true, seen: t('{0} of {1}', states.length, states.length) };
  const shown = [...missing.slice(0, most), ...(missing.length > most ? ['…'] : [])].join(', ');
  return { met: false, seen: t('{0} of {1}: {2}', states.length - missing.length, states.length, shown) };
}
