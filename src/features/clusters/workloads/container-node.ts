import { t } from '../../../core/l10n.ts';
import type { Container, ContainerExit } from '../../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../../domain/kubernetes/object-ref.ts';
import { ago, fullTime } from '../../../ui/time.ts';
import type { Fact, Icon, TreeNode } from '../../../ui/tree/model.ts';
import type { ClusterPorts } from '../ports.ts';
import { healthIcons } from '../rows/icons.ts';
import { tagsInWords } from '../rows/images.ts';
import { restartsInWords } from '../rows/restarts.ts';
import { cpuText, memoryText } from '../rows/usage.ts';

/** A container of a pod: what it is doing, and how its last run ended. */
export function containerNode(container: Container, pod: ObjectRef, { now }: ClusterPorts): TreeNode {
  const { name, state } = container;
  return {
    key: name,
    row: () => ({
      label: name,
      description: [
        ...roleInWords(container),
        stateInWords(container),
        ...restartsInWords([container], now()),
        ...tagsInWords([{ image: container.image }]),
      ].join(' · '),
      icon: iconOf(container),
      context: `container ${container.role} ${state.kind}`,
    }),
    subject: { object: pod, container: name, copyText: name },
    tooltip: () => ({
      title: name,
      facts: factsOf(container, now()),
      text: [state.message].filter(Boolean),
    }),
  };
}

function roleInWords({ role }: Container): readonly string[] {
  if (role === 'init') return [t('init')];
  return role === 'sidecar' ? [t('sidecar')] : [];
}

function stateInWords({ state, ready, role }: Container): string {
  switch (state.kind) {
    case 'waiting':
      return state.reason || t('waiting');
    case 'terminated':
      return state.reason || t('ended');
    case 'running':
      return ready || role === 'init' ? t('running') : t('running, not ready');
    case 'unknown':
      return t('nothing reported yet');
  }
}

function iconOf({ state, ready, role }: Container): Icon {
  switch (state.kind) {
    case 'waiting':
      return /BackOff|Err/.test(state.reason) ? healthIcons.bad : { id: 'clock' };
    case 'terminated':
      return state.exit?.code === 0 ? { id: 'pass' } : healthIcons.bad;
    case 'running':
      return ready || role === 'init' ? healthIcons.good : healthIcons.warning;
    case 'unknown':
      return healthIcons.idle;
  }
}

function factsOf({ image, requests, lastExit, state }: Container, now: number): readonly Fact[] {
  const { cpu, memory } = requests;
  const exit = state.exit ?? lastExit;
  return [
    [t('Image'), image],
    [t('Requested'), [cpu && cpuText(cpu), memory && memoryText(memory)].filter(Boolean).join(', ') || t('nothing')],
    ...(exit ? [[state.exit ? t('Ended') : t('Last run'), exitInWords(exit, now)] as const] : []),
  ];
}

function exitInWords({ code, signal, reason, at }: ContainerExit, now: number): string {
  return [
    signal > 0 ? t('signal {0}', signal) : t('exit code {0}', code),
    ...(reason ? [reason] : []),
    ...(at === undefined ? [] : [`${fullTime(at)} (${ago(at, now)})`]),
  ].join(', ');
}
