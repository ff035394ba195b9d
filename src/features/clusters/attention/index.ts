import type { JarvisError } from '../../../core/errors.ts';
import { failed, type Loadable, loading } from '../../../core/loadable.ts';
import { t } from '../../../core/l10n.ts';
import { gapInWords } from '../../../domain/attention/gaps.ts';
import type { AttentionWatch } from '../../../domain/attention/attention-watch.ts';
import type { Gap } from '../../../domain/attention/kind-feed.ts';
import { attentionKinds, type Finding } from '../../../domain/attention/model.ts';
import type { ClusterRef } from '../../../domain/kubernetes/model.ts';
import { firstRemedy, remedyLabel } from '../../../ui/remedies.ts';
import type { Branch, Icon, Nodes, TreeNode } from '../../../ui/tree/model.ts';
import { joinedNodes, manyNodes } from '../../../ui/tree/nodes.ts';
import { perKey, perObject } from '../../../ui/tree/per-object.ts';
import { errorNode, loadingNode, troubleContext } from '../../../ui/tree/placeholders.ts';
import { openedBranch } from '../opening.ts';
import { scalableWord } from '../permissions.ts';
import type { ClustersPorts } from '../ports.ts';
import type { Attentions, Summary } from './attentions.ts';
import { findingNode, severityIcons } from './finding-node.ts';

/** What needs attention in a cluster. Its row tells how much of it, as far as the cluster is looked into. */
export function attentionNode(ports: ClustersPorts, ref: ClusterRef, attentions: Attentions): TreeNode {
  return {
    key: 'needs attention',
    row: () => {
      const summary = attentions.summary(ref);
      return {
        label: t('Needs Attention'),
        description: summary ? summaryInWords(summary) : '',
        icon: iconOf(summary),
        context: 'group',
      };
    },
    branch: findingsBranch(ports, ref, attentions),
  };
}

function summaryInWords({ count, isLoading, isPartial, places }: Summary): string {
  const where = places && places.length > 0 ? [t('only in {0}', places.join(', '))] : [];
  return [numberInWords(count, isLoading, isPartial), ...where].join(' · ');
}

function numberInWords(count: number, isLoading: boolean, isPartial: boolean): string {
  if (isLoading) return count > 0 ? t('{0} so far…', count) : t('looking…');
  if (isPartial) return count > 0 ? t('{0} and perhaps more', count) : t('not all could be looked at');
  return count > 0 ? String(count) : t('nothing');
}

function iconOf(summary: Summary | undefined): Icon {
  if (summary?.gravest) return severityIcons[summary.gravest];
  if (!summary || summary.isLoading) return { id: 'pulse' };
  return summary.isPartial ? { id: 'question' } : { id: 'pass', color: 'testing.iconPassed' };
}

function findingsBranch(ports: ClustersPorts, ref: ClusterRef, attentions: Attentions): Branch {
  const empty = t('Nothing needs attention.');
  const branch = openedBranch(ports, ref, empty, (opening) => {
    const scalable = perKey((namespace) => scalableWord(ports, opening, namespace));
    const nodeOf = perObject((finding: Finding) => findingNode(finding, opening.inside, scalable));
    const watch = attentions.of(ref);
    if (watch) opening.add(watch.onDidChange(opening.changed));
    return () => (watch ? rowsOf(watch, nodeOf, opening.retry) : loading);
  });
  // the filter of the view is not about what is wrong
  return { empty, open: (changed) => branch.open(changed) };
}

/** What was found, and what was not looked at: nothing is well before all of it was. */
function rowsOf(watch: AttentionWatch, nodeOf: (finding: Finding) => TreeNode, retry: () => void): Loadable<Nodes> {
  const { findings, gaps, isLoading, trouble } = watch;
  const refused = gaps.filter(({ state }) => state === 'failed');
  const old = gaps.filter(({ state }) => state === 'stale');
  const error = commonError(gaps);
  if (error) return { state: 'failed', error };
  const value = joinedNodes([
    manyNodes(findings, nodeOf),
    isLoading ? [loadingNode()] : [],
    distinct(refused).map((gap) => gapNode(gap, retry)),
    trouble ? [errorNode({ error: trouble, retry })] : [],
  ]);
  const [oldest] = [...old].sort((a, b) => (a.since ?? 0) - (b.since ?? 0));
  const ready = { state: 'ready', value, at: 0 } as const;
  return oldest?.error ? failed(ready, oldest.error, oldest.since ?? watch.now()) : ready;
}

/** Nothing at all could be read, for one and the same reason: the reason says it alone. */
function commonError(gaps: readonly Gap[]): JarvisError | undefined {
  const failures = gaps.filter(({ state }) => state === 'failed');
  const [first] = failures;
  const isAll = attentionKinds.every((kind) => failures.some((gap) => gap.kind === kind));
  return isAll && failures.every(({ error }) => error?.code === first?.error?.code) ? first?.error : undefined;
}

/** Two kinds read Helm's Secrets; what they lack is one thing. */
function distinct(gaps: readonly Gap[]): readonly Gap[] {
  return [...new Map(gaps.map((gap) => [gapInWords(gap), gap])).values()];
}

/** What was not looked at, why, and the way out. */
function gapNode(gap: Gap, retry: () => void): TreeNode {
  const words = gapInWords(gap);
  const { error } = gap;
  const isForbidden = error?.code === 'kube.forbidden';
  return {
    key: `gap ${words}`,
    row: () => ({
      label: words,
      ...(error && { description: remedyLabel(firstRemedy(error)), command: 'jarvis.solve' as const }),
      icon: isForbidden ? { id: 'lock' } : { id: 'error', color: 'problemsErrorIcon.foreground' },
      context: error ? troubleContext(error) : 'state.error',
    }),
    ...(error && { subject: { trouble: { error, retry } } }),
    tooltip: () => ({ title: words, text: error ? [error.message] : [] }),
  };
}
