import type { Clock } from '../../core/clock.ts';
import { t } from '../../core/l10n.ts';
import type { Alarm, AlarmRef } from '../../domain/alarms/model.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import { type AlarmSubject, subjectOf } from '../../domain/alarms/subject.ts';
import { fixedBranch } from '../../ui/tree/branches.ts';
import type { Branch, TreeNode } from '../../ui/tree/model.ts';
import { chartOf, isAboutPods } from './alarm-facts.ts';
import { historyNode } from './history.ts';

export interface AlarmBranchPorts {
  readonly source: AlarmSource;
  readonly clock: Clock;
  /** The object's live rows, where a cluster of the kubeconfig has it. */
  readonly objects: (subject: AlarmSubject) => Branch;
}

/** What an engineer asks next: which object, its chart, what can be done, what was before. */
export function alarmBranch(alarm: Alarm, ports: AlarmBranchPorts): Branch {
  const subject = subjectOf(alarm);
  const ref = { arn: alarm.arn, scope: alarm.scope, name: alarm.name };
  return fixedBranch([
    ...(subject ? [objectNode(subject, ports.objects(subject))] : []),
    {
      key: 'chart',
      row: () => ({ label: t('Chart'), icon: { id: 'graph-line' }, context: 'link', command: 'jarvis.openChart' }),
      subject: { chart: chartOf(alarm) },
    },
    ...(isAboutPods(alarm) ? [scaleNode(ref)] : []),
    historyNode(ports.source, ref, ports.clock),
  ]);
}

function scaleNode(alarm: AlarmRef & { readonly name: string }): TreeNode {
  return {
    key: 'scale',
    row: () => ({ label: t('Scale HPA…'), icon: { id: 'arrow-both' }, context: 'link', command: 'jarvis.scaleHpa' }),
    subject: { alarm },
  };
}

function objectNode(subject: AlarmSubject, branch: Branch): TreeNode {
  const where = [subject.namespace, subject.clusterName].filter((part) => part && part !== subject.name);
  return {
    key: 'object',
    row: () => ({
      label: subject.name,
      description: [kindInWords(subject.kind), ...where].join(' · '),
      icon: { id: 'symbol-class' },
      context: 'object',
    }),
    subject: { copyText: subject.name },
    branch,
  };
}

function kindInWords(kind: AlarmSubject['kind']): string {
  switch (kind) {
    case 'Pod':
      return t('Pod');
    case 'Workload':
      return t('Workload');
    case 'Service':
      return t('Service');
    case 'Node':
      return t('Node');
    case 'Namespace':
      return t('Namespace');
    case 'Cluster':
      return t('Cluster');
  }
}
