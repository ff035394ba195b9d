import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import { lastingContainers } from '../../../domain/kubernetes/containers.ts';
import { podHealth, readyContainers } from '../../../domain/kubernetes/health.ts';
import type { Pod } from '../../../domain/kubernetes/model.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import { fixedBranch } from '../../../ui/tree/branches.ts';
import type { Icon, Tooltip, TreeNode } from '../../../ui/tree/model.ts';
import { withWords } from '../permissions.ts';
import type { ClusterPorts } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { withEvidence } from '../rows/evidence.ts';
import { healthIcons } from '../rows/icons.ts';
import { tagsInWords } from '../rows/images.ts';
import { restartsInWords } from '../rows/restarts.ts';
import { usageFacts, usageInWords, type UsageOf } from '../rows/usage.ts';
import { containerNode } from './container-node.ts';

/** What matters of a pod without opening anything: ready, restarts, what it uses of what it asked for, image, age. */
export function podNode(pod: Pod, inside: ClusterPorts, usageOf: UsageOf, barred: () => string = () => ''): TreeNode {
  const { uid, name, namespace } = pod;
  const object = objectRef(inside.ref, 'pods', pod);
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        ...(pod.reason ? [pod.reason] : pod.phase === 'Running' ? [] : [pod.phase]),
        t('{0}/{1} ready', readyContainers(pod), lastingContainers(pod).length),
        ...restartsInWords(pod.containers, inside.now()),
        ...usageInWords([pod], usageOf),
        ...tagsInWords(pod.containers),
        duration(inside.now() - pod.createdAt),
      ].join(' · '),
      icon: iconOf(pod),
      context: `pod ${barred()}`.trim(),
    }),
    subject: { object, chart: { kind: 'pod', cluster: inside.ref, namespace, name, uid }, copyText: name },
    branch: fixedBranch(
      pod.containers.map((container) => withWords(containerNode(container, object, inside), barred)),
      t('It has no containers.'),
    ),
    tooltip: withEvidence(
      inside,
      () => [pod],
      withEvents(inside, 'pods', pod, () => podTooltip(pod, usageOf)),
    ),
  };
}

function iconOf(pod: Pod): Icon {
  if (pod.deletedAt !== undefined) return { id: 'trash' };
  const health = podHealth(pod);
  if (health === 'warning' && pod.phase === 'Pending') return { id: 'clock', color: 'problemsWarningIcon.foreground' };
  if (pod.phase === 'Succeeded') return { id: 'pass' };
  return healthIcons[health];
}

function podTooltip(pod: Pod, usageOf: UsageOf): Tooltip {
  return {
    title: pod.name,
    facts: [
      [t('Phase'), pod.reason || pod.phase],
      [t('Node'), pod.nodeName || t('none yet')],
      [t('Created'), fullTime(pod.createdAt)],
      ...pod.containers.map(({ name, image }) => [name, image] as const),
      ...usageFacts([pod], usageOf),
    ],
    text: pod.conditions
      .filter(({ status, message }) => status !== 'True' && message)
      .map(({ type, message }) => `${type}: ${message}`),
  };
}
