import { t } from '../../../core/l10n.ts';
import type { AttentionKind, Finding, Severity, Subject as FindingSubject } from '../../../domain/attention/model.ts';
import { releaseOfRecord } from '../../../domain/helm/record.ts';
import { type ApiKindName, apiKinds, objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import { ago, duration, fullTime } from '../../../ui/time.ts';
import type { Fact, Icon, Subject, Tooltip, TreeNode } from '../../../ui/tree/model.ts';
import { manyNodes } from '../../../ui/tree/nodes.ts';
import type { ClusterPorts } from '../ports.ts';

export const severityIcons: Readonly<Record<Severity, Icon>> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  info: { id: 'info', color: 'problemsInfoIcon.foreground' },
};

/** One thing that needs attention: the sentence, how often and since when, where; under it the objects, if several. */
export function findingNode(
  finding: Finding,
  inside: ClusterPorts,
  scalable: (namespace: string) => () => string,
): TreeNode {
  const { key, sentence, severity, subject, count } = finding;
  const of = subjectOf(subject, inside.ref);
  const members = (one: Finding) => findingNode(one, inside, scalable);
  return {
    key,
    row: () => ({
      label: sentence,
      description: [...timesInWords(finding, inside.now()), placeInWords(finding)].join(' · '),
      icon: severityIcons[severity],
      context: contextOf(subject, scalable),
      ...(of.object && { command: 'jarvis.describe' as const }),
    }),
    subject: of,
    ...(count > 1 && {
      branch: {
        empty: '',
        open: () => ({
          read: () => ({ state: 'ready', value: manyNodes(finding.members(), members), at: 0 }),
          dispose: () => undefined,
        }),
      },
    }),
    tooltip: () => tooltipOf(finding, inside.now()),
  };
}

/** "5 times", "last 2 m ago"; else "for 12 m". */
function timesInWords({ times = 0, lastAt, since }: Finding, now: number): readonly string[] {
  const often = times > 1 ? [t('{0} times', times)] : [];
  if (lastAt !== undefined) return [...often, t('last {0}', ago(lastAt, now))];
  return since === undefined ? often : [...often, t('for {0}', duration(now - since))];
}

/** Of a release, the record's own name would tell nothing more. */
function placeInWords({ subject: { kind, namespace, name } }: Finding): string {
  if (namespace === '') return name;
  return kind === 'troubledreleases' ? namespace : `${namespace}/${name}`;
}

/** The words of the object's own row, so that what is offered there is offered here. */
function contextOf({ kind, namespace }: FindingSubject, scalable: (namespace: string) => () => string): string {
  switch (kind) {
    case 'horizontalpodautoscalers':
      return `hpa ${scalable(namespace)()} finding`;
    case 'deployments':
      return `deployment ${scalable(namespace)()} finding`;
    case 'troubledreleases':
      return 'release finding';
    default:
      return isApiKind(kind) ? `${apiKinds[kind].kind.toLowerCase()} finding` : 'finding';
  }
}

function subjectOf({ kind, namespace, name, uid }: FindingSubject, cluster: ClusterRef): Subject {
  const revision = kind === 'troubledreleases' ? releaseOfRecord(name) : undefined;
  return {
    copyText: revision?.name ?? name,
    ...(revision && { release: { cluster, namespace, ...revision } }),
    ...(isApiKind(kind) && { object: objectRef(cluster, kind, { namespace, name, uid }) }),
    ...(charted[kind] && { chart: { kind: charted[kind], cluster, namespace, name, uid } }),
    ...(written[kind] && { pointer: { cluster, kind: written[kind], namespace, name } }),
  };
}

const charted = { pods: 'pod', deployments: 'deployment', horizontalpodautoscalers: 'hpa', nodes: 'node' } as Readonly<
  Partial<Record<AttentionKind, 'pod' | 'deployment' | 'hpa' | 'node'>>
>;
const written = { deployments: 'Deployment', horizontalpodautoscalers: 'HorizontalPodAutoscaler' } as Readonly<
  Partial<Record<AttentionKind, 'Deployment' | 'HorizontalPodAutoscaler'>>
>;

function isApiKind(kind: AttentionKind): kind is AttentionKind & ApiKindName {
  return kind in apiKinds;
}

function tooltipOf(finding: Finding, now: number): Tooltip {
  const { sentence, since, lastAt, times = 0, detail, source, count } = finding;
  const facts: readonly (Fact | undefined)[] = [
    [t('Where'), placeInWords(finding)],
    count > 1 ? [t('Objects'), String(count)] : undefined,
    since === undefined ? undefined : [t('Since'), `${fullTime(since)} (${ago(since, now)})`],
    lastAt === undefined ? undefined : [t('Last'), `${fullTime(lastAt)} (${ago(lastAt, now)})`],
    times > 0 ? [t('How often'), String(times)] : undefined,
    [t('By the rule of'), source],
  ];
  return { title: sentence, facts: facts.filter((fact) => fact !== undefined), text: detail() };
}
