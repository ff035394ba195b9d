import { t } from '../../../core/l10n.ts';
import { parsePath } from '../../../domain/kubernetes/field-path.ts';
import { firstOf } from '../../../domain/remediation/change.ts';
import type { Tick } from '../../../domain/remediation/expectation.ts';
import type { Json } from '../../../domain/remediation/json.ts';
import type { Change } from '../../../domain/remediation/plan.ts';
import type { RouteId } from '../../../domain/remediation/route.ts';
import {
  changeSeen,
  isOutcome,
  type Outcome,
  type RunPhase,
  type RunState,
} from '../../../domain/remediation/run-state.ts';
import { wayBackAt } from '../../../domain/remediation/way-back.ts';
import { parseWebAclArn } from '../../../domain/waf/arn.ts';
import { elapsed, took } from '../shared/format.ts';

export type LineId = 'plan' | 'confirm' | 'run' | 'verify' | 'record';
export type LineState = 'todo' | 'active' | 'done' | 'warning' | 'failed' | 'cancelled' | 'skipped';

/** One of the page's five lines. They are always there, in this order: only what they say changes. */
export interface Line {
  readonly id: LineId;
  readonly label: string;
  readonly state: LineState;
  readonly summary: string;
  /** When it was reached, ms since the epoch. */
  readonly at?: number | undefined;
}

export function linesOf(state: RunState): readonly Line[] {
  const { times } = state;
  const states = lineStates(state);
  return [
    { id: 'plan', label: t('Plan'), state: states.plan, summary: planSummary(state), at: times.planned },
    { id: 'confirm', label: t('Confirm'), state: states.confirm, summary: confirmSummary(state), at: times.confirmed },
    { id: 'run', label: t('Run'), state: states.run, summary: runSummary(state), at: times.running },
    { id: 'verify', label: t('Verify'), state: states.verify, summary: verifySummary(state), at: times.verifying },
    { id: 'record', label: t('Record'), state: states.record, summary: recordSummary(state), at: endOf(state) },
  ];
}

type States = Readonly<Record<LineId, LineState>>;

const untilPhase: Readonly<Record<Exclude<RunPhase, Outcome>, States>> = {
  planned: { plan: 'active', confirm: 'todo', run: 'todo', verify: 'todo', record: 'todo' },
  confirmed: { plan: 'done', confirm: 'done', run: 'active', verify: 'todo', record: 'todo' },
  running: { plan: 'done', confirm: 'done', run: 'active', verify: 'todo', record: 'todo' },
  verifying: { plan: 'done', confirm: 'done', run: 'done', verify: 'active', record: 'todo' },
};

function lineStates(state: RunState): States {
  if (!isOutcome(state.phase)) return untilPhase[state.phase];
  const record = state.journalError ? 'warning' : 'done';
  if (state.phase === 'expired' || state.phase === 'discarded') {
    return { plan: 'skipped', confirm: 'skipped', run: 'skipped', verify: 'skipped', record };
  }
  const confirm = state.times.confirmed === undefined ? 'skipped' : 'done';
  return { plan: 'done', confirm, run: runState(state), verify: verifyState(state), record };
}

function runState({ phase, result, times }: RunState): LineState {
  if (result?.outcome === 'failure' || (phase === 'failed' && !result)) return 'failed';
  if (result?.outcome === 'cancelled' || phase === 'cancelled') return 'cancelled';
  return times.running === undefined ? 'skipped' : 'done';
}

function verifyState({ phase, times }: RunState): LineState {
  if (phase === 'verified') return 'done';
  if (phase === 'notRecovered') return 'warning';
  if (phase === 'notChanged') return 'failed';
  return times.verifying === undefined ? 'skipped' : 'warning';
}

/** "maxReplicas 4 → 10 · 16 pods wanted, nodes have room for 31"; the effects stand beneath while they are weighed. */
function planSummary({ plan, phase }: RunState): string {
  const { shown, more } = firstOf(plan.changes, 3);
  const named = shown.length === 0 ? [plan.title] : shown.map(changeText);
  const change = [...named, ...(more > 0 ? [t('{0} more', more)] : [])].join(', ');
  const effect = phase === 'planned' ? undefined : plan.effects[0]?.text;
  return effect === undefined ? change : `${change} · ${effect}`;
}

function changeText({ path, before, after }: Change): string {
  return `${parsePath(path).at(-1) ?? path} ${shortText(before)} → ${shortText(after)}`;
}

/** A Web ACL by its name: the table beneath has its ARN. */
function shortText(value: Json | undefined): string {
  const acl = typeof value === 'string' ? parseWebAclArn(value) : undefined;
  return acl?.name ?? valueText(value);
}

/** A field's value as YAML would show it; a field that is not there says so. */
export function valueText(value: Json | undefined): string {
  if (value === undefined) return t('(not set)');
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function confirmSummary({ phase, plan, times, error, unlock }: RunState): string {
  if (unlock) return t('by {0} · unlocked by {1}: {2}', plan.actor, unlock.actor, unlock.reason);
  if (times.confirmed !== undefined) return t('by {0}', plan.actor);
  if (phase === 'expired') return error ? t('the object has changed') : t('not confirmed in time');
  if (phase === 'discarded') return t('discarded');
  return t('a person says yes before anything is written');
}

function runSummary({ phase, plan, progress, result, cancelling, error }: RunState): string {
  const route = routeName(plan.request.route);
  if (cancelling) return t('{0} · asked to cancel…', route);
  if (result) return `${route} · ${result.summary}`;
  if (progress) return `${route} · ${progress.headline}`;
  if (phase === 'failed' && error) return route;
  if (phase === 'confirmed') return t('{0} · looks whether the object has changed…', route);
  return phase === 'running' ? t('{0} · sending…', route) : route;
}

export function routeName(route: RouteId): string {
  if (route === 'github') return 'GitHub Actions';
  return route === 'lambda' ? 'AWS Lambda' : t('Kubernetes API, directly');
}

function verifySummary(state: RunState): string {
  const { plan, ticks } = state;
  if (ticks.length > 0 && nothingWatched(state)) return t('not begun');
  if (state.phase === 'planned' || ticks.length === 0) return plan.expectations.map(({ label }) => label).join(' · ');
  const met = ticks.filter((tick) => tick.state === 'met').length;
  return t('{0} of {1} seen', met, ticks.length);
}

function recordSummary(state: RunState): string {
  return isOutcome(state.phase) ? outcomeText(state) : t('receipt, undo');
}

/** How it ended, in words. */
export function outcomeText(state: RunState): string {
  switch (state.phase) {
    case 'verified':
      return state.ticks.some(({ role }) => role === 'recovery')
        ? t('Verified: changed, and recovered.')
        : t('Verified: changed as planned.');
    case 'notRecovered':
      return t('Changed, but not recovered.');
    case 'notChanged':
      return t('Not changed: {0} said success, but the cluster shows no change.', routeName(state.plan.request.route));
    case 'failed':
      return t('Failed.');
    case 'cancelled':
      return cancelledText(state);
    case 'expired':
      return t('Expired. Nothing was written.');
    case 'discarded':
      return t('Discarded. Nothing was written.');
    default:
      return '';
  }
}

/** One or two words for the badge. */
export function phaseWord(phase: RunPhase): string {
  const words: Readonly<Record<RunPhase, () => string>> = {
    planned: () => t('Planned'),
    confirmed: () => t('Confirmed'),
    running: () => t('Running'),
    verifying: () => t('Verifying'),
    verified: () => t('Verified'),
    notRecovered: () => t('Not recovered'),
    notChanged: () => t('Not changed'),
    failed: () => t('Failed'),
    cancelled: () => t('Cancelled'),
    expired: () => t('Expired'),
    discarded: () => t('Discarded'),
  };
  return words[phase]();
}

function cancelledText(state: RunState): string {
  const change = changeSeen(state);
  if (change === 'yes') return t('Cancelled, after the change was written.');
  return change === 'no' ? t('Cancelled. The cluster shows no change.') : t('Cancelled.');
}

/** It ended before anything was looked for on the cluster, and nothing will be any more. */
export function nothingWatched({ phase, ticks }: RunState): boolean {
  return isOutcome(phase) && ticks.every(({ state }) => state === 'waiting');
}

function endOf({ phase, times }: RunState): number | undefined {
  return isOutcome(phase) ? times[phase] : undefined;
}

/** Does the page say anything that time alone changes? */
export function isTicking(state: RunState): boolean {
  return !isOutcome(state.phase) || wayBackAt(state) !== undefined;
}

/** "0:42" since the confirmation, or all of it when it is over; before the confirmation what is left of the plan. */
export function stopwatch(state: RunState, now: number): string {
  const { confirmed } = state.times;
  if (confirmed !== undefined) return elapsed((endOf(state) ?? now) - confirmed);
  if (state.phase !== 'planned') return '';
  const left = state.plan.expiresAt - now;
  return left > 0 ? t('expires in {0}', elapsed(left)) : t('expired');
}

/** "3 s", or how much of the window has gone: "12 s of 2 min". */
export function tickTime(tick: Tick, now: number): string {
  if (tick.startedAt === undefined) return t('within {0}', took(tick.withinMs));
  const spent = took((tick.endedAt ?? now) - tick.startedAt);
  return tick.state === 'met' ? spent : t('{0} of {1}', spent, took(tick.withinMs));
}
