import { t } from '../../core/l10n.ts';
import type { Clock } from '../../core/clock.ts';
import type { Tick } from '../../domain/remediation/expectation.ts';
import { nameOf } from '../../domain/remediation/change.ts';
import type { Change } from '../../domain/remediation/plan.ts';
import type { RouteId } from '../../domain/remediation/route.ts';
import { isOutcome, type RunPhase, type RunState } from '../../domain/remediation/run-state.ts';
import { wayBackAt } from '../../domain/remediation/way-back.ts';
import { isUndoable } from '../../domain/remediation/undo.ts';
import { ago, duration, fullTime, timeOfDay } from '../../ui/time.ts';
import { fixedBranch } from '../../ui/tree/branches.ts';
import type { Branch, Icon, Tooltip, TreeNode } from '../../ui/tree/model.ts';

/** One plan, from its making to its receipt. A click opens its action page. */
export function runNode(run: RunState, clock: Clock): TreeNode {
  const { plan, phase } = run;
  return {
    key: plan.id,
    row: () => ({
      label: plan.title,
      description: descriptionOf(run, clock.now()),
      icon: iconOf(phase),
      context: isUndoable(run) ? `run ${phase} undoable` : `run ${phase}`,
      command: 'jarvis.openAction',
      spoken: `${plan.title}: ${descriptionOf(run, clock.now())}`,
    }),
    subject: { planId: plan.id, copyText: plan.title },
    branch: factsBranch(run),
    tooltip: () => runTooltip(run),
  };
}

function phaseInWords(phase: RunPhase): string {
  switch (phase) {
    case 'planned':
      return t('waits for your confirmation');
    case 'confirmed':
      return t('confirmed');
    case 'running':
      return t('running');
    case 'verifying':
      return t('verifying');
    case 'verified':
      return t('verified');
    case 'notRecovered':
      return t('changed, not recovered');
    case 'notChanged':
      return t('nothing changed');
    case 'failed':
      return t('failed');
    case 'cancelled':
      return t('cancelled');
    case 'expired':
      return t('expired, nothing was sent');
    case 'discarded':
      return t('discarded, nothing was sent');
  }
}

function routeInWords(route: RouteId): string {
  switch (route) {
    case 'github':
      return t('GitHub Actions');
    case 'lambda':
      return t('AWS Lambda');
    case 'direct':
      return t('Kubernetes API');
  }
}

function descriptionOf(run: RunState, now: number): string {
  const { plan, phase, times } = run;
  const since = times[phase] ?? plan.createdAt;
  const parts = [phaseInWords(phase)];
  if (phase === 'planned') parts.push(t('expires in {0}', duration(plan.expiresAt - now)));
  else if (isOutcome(phase)) parts.push(routeInWords(plan.request.route), ago(since, now));
  else parts.push(duration(now - (times.confirmed ?? since)));
  parts.push(plan.target.cluster.context);
  const back = wayBackAt(run);
  if (back !== undefined)
    parts.push(
      now < back ? t('back at {0}', timeOfDay(back, now)) : t('to be taken back since {0}', timeOfDay(back, now)),
    );
  if (run.undoneBy !== undefined) parts.push(t('undone'));
  if (run.journalError) parts.push(t('not recorded'));
  return parts.join(' · ');
}

const icons: Readonly<Record<RunPhase, Icon>> = {
  planned: { id: 'checklist', color: 'charts.blue' },
  confirmed: { id: 'loading~spin' },
  running: { id: 'loading~spin' },
  verifying: { id: 'eye', color: 'charts.blue' },
  verified: { id: 'verified-filled', color: 'testing.iconPassed' },
  notRecovered: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  notChanged: { id: 'question', color: 'problemsWarningIcon.foreground' },
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  cancelled: { id: 'circle-slash' },
  expired: { id: 'watch' },
  discarded: { id: 'trash' },
};

function iconOf(phase: RunPhase): Icon {
  return icons[phase];
}

/** What changed, what was seen, and what went wrong. */
function factsBranch({ plan, ticks, error, journalError, handle, result, unlock }: RunState): Branch {
  const headline = result?.summary;
  return fixedBranch([
    ...plan.changes.map((change) => fact(`change ${nameOf(change)}`, changeInWords(change), 'diff')),
    ...ticks.map((tick) => fact(`tick ${tick.id}`, tick.label, tickIcons[tick.state], tick.seen)),
    ...(unlock ? [fact('unlock', unlock.reason, 'unlock', t('unlocked by {0}', unlock.actor))] : []),
    ...(headline ? [fact('result', headline, 'play', handle?.url)] : []),
    ...(error ? [fact('error', error.message, 'error', error.code)] : []),
    ...(journalError ? [fact('journal', journalError.message, 'warning', journalError.code)] : []),
  ]);
}

const tickIcons: Readonly<Record<Tick['state'], string>> = {
  waiting: 'circle-outline',
  watching: 'eye',
  met: 'pass',
  missed: 'error',
};

function changeInWords(change: Change): string {
  const text = (value: Change['before']) => (value === undefined ? t('nothing') : JSON.stringify(value));
  return `${nameOf(change)}: ${text(change.before)} → ${text(change.after)}`;
}

function fact(key: string, label: string, icon: string, description?: string): TreeNode {
  return {
    key,
    row: () => ({ label, icon: { id: icon }, context: 'fact', ...(description && { description }) }),
    subject: { copyText: label },
  };
}

function runTooltip({ plan, phase, times }: RunState): Tooltip {
  const { cluster, namespace, kind, name } = plan.target;
  return {
    title: plan.title,
    facts: [
      [t('State'), phaseInWords(phase)],
      [t('Cluster'), cluster.context],
      [t('Object'), `${kind} ${namespace}/${name}`],
      [t('By'), plan.actor],
      [t('Route'), routeInWords(plan.request.route)],
      [t('Planned'), fullTime(plan.createdAt)],
      ...(times.confirmed === undefined ? [] : [[t('Confirmed'), fullTime(times.confirmed)] as const]),
      ...(isOutcome(phase) && times[phase] !== undefined ? [[t('Ended'), timeOfDay(times[phase])] as const] : []),
    ],
    text: plan.changes.map(changeInWords),
  };
}
