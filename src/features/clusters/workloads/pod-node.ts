import { t } from '../../core/l10n.ts';
import type { Pod, Usage } from '../../domain/kubernetes/model.ts';
import { ago, duration, fullTime } from '../../ui/time.ts';
import type { Icon, Tooltip, TreeNode } from '../../ui/tree/model.ts';
import type { ClusterPorts } from './ports.ts';
import { cpuText, memoryText, ofRequest, requested } from './usage.ts';

/** What matters of a pod without opening anything: ready, restarts, what it uses of what it asked for, age. */
export function podNode(pod: Pod, inside: ClusterPorts, usage: () => Usage | undefined): TreeNode {
  const { uid, name, namespace } = pod;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        ...(pod.reason ? [pod.reason] : pod.phase === 'Running' ? [] : [pod.phase]),
        t('{0}/{1} ready', readyCount(pod), pod.containers.length),
        ...restarts(pod, inside.now()),
        ...usageInWords(pod, usage()),
        duration(inside.now() - pod.createdAt),
      ].join(' · '),
      icon: iconOf(pod),
      context: 'pod',
    }),
    subject: { chart: { kind: 'pod', cluster: inside.ref, namespace, name, uid }, copyText: name },
    tooltip: () => podTooltip(pod, usage()),
  };
}

function readyCount({ containers }: Pod): number {
  return containers.filter(({ ready }) => ready).length;
}

function restarts({ containers }: Pod, now: number): readonly string[] {
  const count = containers.reduce((sum, container) => sum + container.restarts, 0);
  if (count === 0) return [];
  const last = Math.max(...containers.map(({ lastRestartAt }) => lastRestartAt ?? 0));
  const text = count === 1 ? t('1 restart') : t('{0} restarts', count);
  return [last > 0 ? `${text} (${ago(last, now)})` : text];
}

function usageInWords(pod: Pod, usage: Usage | undefined): readonly string[] {
  if (!usage) return [];
  return [
    t('CPU {0}', ofRequest(usage.cpu, requested(pod, 'cpu'), cpuText)),
    t('memory {0}', ofRequest(usage.memory, requested(pod, 'memory'), memoryText)),
  ];
}

function iconOf(pod: Pod): Icon {
  if (pod.deletedAt !== undefined) return { id: 'trash' };
  if (pod.phase === 'Succeeded') return { id: 'pass' };
  if (pod.phase === 'Failed' || /BackOff|Error|Err[A-Z]|OOMKilled/.test(pod.reason))
    return { id: 'error', color: 'problemsErrorIcon.foreground' };
  if (pod.phase === 'Pending') return { id: 'clock', color: 'problemsWarningIcon.foreground' };
  if (readyCount(pod) < pod.containers.length) return { id: 'warning', color: 'problemsWarningIcon.foreground' };
  return { id: 'pass', color: 'testing.iconPassed' };
}

function podTooltip(pod: Pod, usage: Usage | undefined): Tooltip {
  const cpu = requested(pod, 'cpu');
  const memory = requested(pod, 'memory');
  return {
    title: pod.name,
    facts: [
      [t('Phase'), pod.reason || pod.phase],
      [t('Node'), pod.nodeName || t('none yet')],
      [t('Created'), fullTime(pod.createdAt)],
      ...pod.containers.map(({ name, image }) => [name, image] as const),
      ...(usage ? [[t('CPU'), `${cpuText(usage.cpu)}${cpu ? ` / ${cpuText(cpu)}` : ''}`] as const] : []),
      ...(usage
        ? [[t('Memory'), `${memoryText(usage.memory)}${memory ? ` / ${memoryText(memory)}` : ''}`] as const]
        : []),
    ],
    text: pod.conditions
      .filter(({ status, message }) => status !== 'True' && message)
      .map(({ type, message }) => `${type}: ${message}`),
  };
}
