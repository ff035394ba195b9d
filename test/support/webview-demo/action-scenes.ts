import type { RunPhase, RunState } from '../../../src/domain/remediation/run-state.ts';
import {
  at,
  demoPlan,
  doneSteps,
  ended,
  job,
  minute,
  progress,
  runUrl,
  running,
  type Seen,
  success,
  ticks,
  verifying,
} from './action-parts.ts';
import { hostileNames } from '../hostile.ts';
import { hostileName } from './chart-scenes.ts';

/** The states that a page can be in, by name. */
export const actionScenes = {
  planned: (now: number) => at(now, { phase: 'planned', ago: { planned: 20_000 } }),
  blocked: (now: number) =>
    at(
      now,
      { phase: 'planned', ago: { planned: 20_000 } },
      {},
      demoPlan(now, 20_000, {
        problems: [
          {
            code: 'github.inputMissing',
            message: 'scale.yml at main declares no input "plan_id".',
            severity: 'blocks',
          },
          {
            code: 'github.environment',
            message: 'The environment production asks for an approval.',
            severity: 'warns',
          },
        ],
        owners: [
          { kind: 'argocd', name: 'sock-shop', consequence: 'Argo CD will revert this within minutes.', reverts: true },
        ],
      }),
    ),
  stalePlan: (now: number) => at(now, { phase: 'planned', ago: { planned: 6 * minute } }),
  running: (now: number) =>
    at(now, running, {
      progress: progress([
        job(now - 38_000, [
          ['Set up job', 'success', 2],
          ['Check out', 'success', 2],
          ['Patch the HPA', 'running', 5],
          ['Report', 'queued', 0],
        ]),
      ]),
    }),
  waiting: (now: number) =>
    at(now, running, {
      progress: progress([{ name: 'scale', status: 'waiting', steps: [] }], {
        status: 'waiting',
        headline: 'scale.yml #318 waits for an approval of environment production.',
        pausedUntil: now + 90_000,
      }),
    }),
  verifying: (now: number) =>
    at(now, verifying, {
      result: success,
      progress: progress([job(now - 90_000, doneSteps)], { status: 'done' }),
      ticks: ticks(demoPlan(now), now - 60_000, [
        ['met', 'spec.maxReplicas 10', 3000],
        ['watching', '8 of 10 ready'],
        ['watching', '71 %'],
        ['watching', 'ALARM'],
      ]),
    }),
  verified: (now: number) =>
    finished(now, 'verified', [
      ['met', 'spec.maxReplicas 10', 3000],
      ['met', '10 of 10 ready', 74_000],
      ['met', '41 %', 130_000],
      ['met', 'OK', 190_000],
    ]),
  notRecovered: (now: number) =>
    finished(now, 'notRecovered', [
      ['met', 'spec.maxReplicas 10', 3000],
      ['met', '10 of 10 ready', 74_000],
      ['missed', '88 %', 360_000],
      ['missed', 'ALARM', 360_000],
    ]),
  notChanged: (now: number) => finished(now, 'notChanged', [['missed', 'spec.maxReplicas 4', 120_000]]),
  failed: (now: number) =>
    at(now, ended('failed'), {
      times: {
        planned: now - 9 * minute,
        confirmed: now - 8 * minute,
        running: now - 8 * minute + 2000,
        failed: now - minute,
      },
      error: { code: 'github.runFailed', message: 'scale.yml #318 failed in step "Patch the HPA".' },
      result: {
        outcome: 'failure',
        summary: 'scale.yml #318 failed',
        url: runUrl,
        logTail: [
          'Run kubectl patch hpa front-end -n sock-shop --type json --patch-file patch.json',
          'Error from server (Forbidden): horizontalpodautoscalers.autoscaling "front-end" is forbidden:',
          'User "ci" cannot patch resource "horizontalpodautoscalers" in API group "autoscaling"',
          'Error: Process completed with exit code 1.',
        ],
      },
      progress: progress(
        [
          job(now - 8 * minute, [
            ['Set up job', 'success', 2],
            ['Check out', 'success', 2],
            ['Patch the HPA', 'failure', 3],
            ['Report', 'skipped', 0],
          ]),
        ],
        { status: 'done' },
      ),
    }),
  /** GitHub did not take the dispatch: nothing was sent. */
  signedOut: (now: number) =>
    at(now, ended('failed'), {
      times: {
        planned: now - 3 * minute,
        confirmed: now - 2 * minute,
        running: now - 2 * minute,
        failed: now - minute,
      },
      error: { code: 'github.unauthorized', message: 'GitHub does not accept the sign-in any more.' },
    }),
  /** The run goes on where GitHub tells nothing of it any more. */
  unfollowed: (now: number) =>
    at(now, running, {
      progress: progress([job(now - 38_000, [['Set up job', 'success', 2]])], {
        headline: 'GitHub does not accept the sign-in any more. Trying again.',
        trouble: 'github.unauthorized',
      }),
    }),
  cancelled: (now: number) =>
    at(
      now,
      {
        phase: 'cancelled',
        ago: { planned: 3 * minute, confirmed: 2 * minute, running: 2 * minute, cancelled: minute },
      },
      {
        result: { outcome: 'cancelled', summary: 'scale.yml #318 was cancelled', url: runUrl },
      },
    ),
  expired: (now: number) => at(now, { phase: 'expired', ago: { planned: 20 * minute, expired: 15 * minute } }),
  outdated: (now: number) =>
    at(
      now,
      { phase: 'expired', ago: { planned: 2 * minute, expired: 5000 } },
      {
        error: {
          code: 'remediation.changedSince',
          message: 'spec.maxReplicas of front-end is 6 now, not 4. Nothing was written; make the plan anew.',
        },
      },
    ),
  hostile: (now: number) => hostile(now),
} satisfies Record<string, (now: number) => RunState>;
export type ActionScene = keyof typeof actionScenes;

function finished(now: number, phase: RunPhase, seen: readonly Seen[]): RunState {
  return at(now, ended(phase), {
    result: success,
    progress: progress([job(now - 8 * minute, doneSteps)], { status: 'done' }),
    ticks: ticks(demoPlan(now), now - 7 * minute, seen),
    ...(phase === 'verified' && {
      journalError: { code: 'journal.writeFailed', message: 'No space left on the disk.' },
    }),
  });
}

/** Every text that a server gives, as an attacker would write it. */
function hostile(now: number): RunState {
  const state = actionScenes.failed(now);
  const name = hostileName + 'x'.repeat(253 - hostileName.length);
  return {
    ...state,
    error: { code: 'github.runFailed', message: hostileName },
    plan: {
      ...state.plan,
      title: `Scale HPA ${name}`,
      target: {
        ...state.plan.target,
        namespace: hostileName,
        name,
        cluster: { context: hostileName, server: hostileName, cluster: hostileName },
      },
      owners: [{ kind: 'helm', name: hostileName, consequence: hostileName, reverts: true }],
      effects: [{ text: hostileName, severity: 'warning' }],
      changes: [{ path: 'spec.maxReplicas', before: hostileName, after: name }],
      request: { ...state.plan.request, preview: [{ label: hostileName, value: name }] },
    },
    progress: progress(
      [
        { name: hostileName, status: 'failure', steps: [{ name, status: 'failure' }] },
        ...Object.values(hostileNames).map((one) => ({ name: one, status: 'failure', steps: [] }) as const),
      ],
      { headline: hostileName, logTail: Object.values(hostileNames) },
    ),
    result: {
      outcome: 'failure',
      summary: hostileName,
      logTail: [hostileName, '</pre><script>document.title="owned"</script>'],
    },
  };
}
