import { t } from '../../../core/l10n.ts';
import { errorOf, valueOf } from '../../../core/loadable.ts';
import type { Lease } from '../../kubernetes/store.ts';
import type { Workload } from '../../kubernetes/model.ts';
import type { Checks, WorkloadName } from '../expectation.ts';
import type { Check, Seen } from './check.ts';

const kinds = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const;

/** Each workload's controller has seen its newest template, and all of its pods are of that and available. */
export const workloadsAvailable: Check<Checks['workloadsAvailable']> = (
  { workloads },
  { world, target, tell, signal },
) => {
  const cluster = world.clusters.cluster(target.cluster);
  const watched = workloads.map((workload) => ({
    workload,
    lease: cluster.watch(kinds[workload.kind], workload.namespace),
  }));
  const look = () => tell(judge(watched.map(({ workload, lease }) => stateOf(workload, lease))));
  const listeners = watched.map(({ lease }) => lease.store.onDidChange(look));
  look();
  return new Promise((resolve) => {
    const stop = () => {
      for (const owned of [...listeners, ...watched.map(({ lease }) => lease)]) owned.dispose();
      resolve();
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
};

/** Undefined: it is as it should be. Else what is missing, in words. */
function stateOf({ namespace, name }: WorkloadName, { store }: Lease<Workload>): string | undefined {
  const error = errorOf(store.objects);
  if (error) return `${name}: ${error.message}`;
  const all = [...(valueOf(store.objects)?.values() ?? [])];
  const found = all.find((one) => one.name === name && one.namespace === namespace);
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
