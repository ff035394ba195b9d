import { t } from '../../../core/l10n.ts';
import type { Pod, Workload } from '../../kubernetes/model.ts';
import { restartedAt as annotation } from '../../kubernetes/restarted-at.ts';
import type { Checks } from '../expectation.ts';
import { type Check, onEachChange, type Seen } from './check.ts';
import { watchCrew } from './crew.ts';
import { workloadKindOf } from './workload-kind.ts';

/** The controller has seen the template, all pods are new and available, and none of the others is left. */
export const rolledOut: Check<Checks['rolledOut']> = (expected, looking) => {
  const kind = workloadKindOf(looking.target);
  const crew = watchCrew(looking);
  const look = (workload: Workload): Seen => {
    const pods = crew.now();
    return pods ? judge(workload, pods, expected) : { met: false, seen: t('its pods are not known yet') };
  };
  return onEachChange(kind, looking, look, crew.leases);
};

function judge(workload: Workload, crew: readonly Pod[], { restartedAt, keeps }: Checks['rolledOut']): Seen {
  const { wanted, available, generation, observedGeneration } = workload;
  const there = crew.filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed');
  const isNew = ({ annotations }: Pod) => annotations[annotation] === restartedAt;
  const old = there.filter((pod) => !isNew(pod));
  const starting = there.filter((pod) => isNew(pod) && !isReady(pod));
  const ready = there.filter((pod) => isNew(pod) && isReady(pod)).length;
  const needed = Math.max(0, wanted - keeps);
  const isSeen = observedGeneration >= generation;
  const met = isSeen && ready >= needed && available >= wanted && old.length <= Math.min(keeps, wanted);
  return { met, seen: [t('{0} of {1} new pods ready', ready, needed), ...podByPod(starting, old)].join(' · ') };
}

/** The first of those that one waits for, each with what it is about. */
function podByPod(starting: readonly Pod[], old: readonly Pod[]): readonly string[] {
  const inWords = ({ name, reason, phase }: Pod) => `${name} ${reason || phase}`;
  const waited = [...starting.map(inWords), ...old.map((pod) => t('{0} is old', inWords(pod)))];
  return waited.length > most ? [...waited.slice(0, most), '…'] : waited;
}
const most = 4;

function isReady({ conditions, deletedAt }: Pod): boolean {
  return deletedAt === undefined && conditions.some(({ type, status }) => type === 'Ready' && status === 'True');
}
