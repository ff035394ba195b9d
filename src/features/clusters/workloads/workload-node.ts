import { t } from '../../../core/l10n.ts';
import { type ApiKindName, apiKinds, objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { workloadHealth } from '../../../domain/kubernetes/health.ts';
import type { Pod, Workload } from '../../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import type { Branch, Subject, Tooltip, TreeNode } from '../../../ui/tree/model.ts';
import type { Opening } from '../opening.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { withEvidence } from '../rows/evidence.ts';
import { healthIcons } from '../rows/icons.ts';
import { tagsInWords } from '../rows/images.ts';
import { restartsInWords } from '../rows/restarts.ts';
import { usageFacts, usageInWords, type UsageOf } from '../rows/usage.ts';
import type { Crews } from './crews.ts';

/** Where the node of a workload stands. */
export interface Around {
  readonly ports: ClustersPorts;
  readonly place: Place;
  readonly opening: Opening;
  readonly crews: Crews;
  /** For menus. */
  readonly words: () => string;
}

export interface WorkloadNodeInit {
  readonly kind: ApiKindName & ('deployments' | 'statefulsets' | 'daemonsets');
  readonly inside: ClusterPorts;
  readonly crew: () => readonly Pod[];
  readonly usageOf: UsageOf;
  readonly branch: Branch;
  /** Words for menus beside the kind's own. */
  readonly context?: () => string;
  readonly subject?: Subject;
  /** What is to be said of it beside how much of it is ready. */
  readonly remarks?: readonly string[];
}

/** What workloads that keep a number of pods show: how many are ready, and what their pods say together. */
export function workloadNode(workload: Workload, init: WorkloadNodeInit): TreeNode {
  const { kind, inside, crew, usageOf, branch, context, subject, remarks = [] } = init;
  const { uid, name } = workload;
  const word = apiKinds[kind].kind.toLowerCase();
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        t('{0}/{1} ready', workload.ready, workload.wanted),
        ...remarks,
        ...restartsInWords(containersOf(crew()), inside.now()),
        ...usageInWords(crew(), usageOf),
        ...tagsInWords(workload.template.containers),
        duration(inside.now() - workload.createdAt),
      ].join(' · '),
      icon: healthIcons[workloadHealth(workload)],
      context: [word, context?.()].filter(Boolean).join(' '),
    }),
    subject: { object: objectRef(inside.ref, kind, workload), copyText: name, ...subject },
    branch,
    tooltip: withEvidence(
      inside,
      crew,
      withEvents(inside, kind, workload, () => workloadTooltip(workload, crew(), usageOf)),
    ),
  };
}

function containersOf(pods: readonly Pod[]): Pod['containers'] {
  return pods.flatMap(({ containers }) => containers);
}

function workloadTooltip(workload: Workload, crew: readonly Pod[], usageOf: UsageOf): Tooltip {
  return {
    title: workload.name,
    facts: [
      [t('Ready'), `${workload.ready}/${workload.wanted}`],
      [t('Updated'), String(workload.updated)],
      [t('Available'), String(workload.available)],
      ...workload.template.containers.map(({ name, image }) => [name, image] as const),
      ...usageFacts(crew, usageOf),
      [t('Created'), fullTime(workload.createdAt)],
    ],
    text: workload.conditions.filter(({ message }) => message).map(({ type, message }) => `${type}: ${message}`),
  };
}
