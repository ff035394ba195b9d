import type { Tick } from '../../../src/domain/remediation/expectation.ts';
import type { Plan } from '../../../src/domain/remediation/plan.ts';
import type { RouteJob, RouteProgress, StepStatus } from '../../../src/domain/remediation/route.ts';
import type { RunPhase, RunState } from '../../../src/domain/remediation/run-state.ts';
import { aPlan, aTarget } from '../builders/remediation.ts';
import { hostileName } from './chart-scenes.ts';

const minute = 60_000;
const runUrl = 'https://github.example/acme/ops/actions/runs/318';

/** A plan as the scenario has it, made `age` ms ago. */
function demoPlan(now: number, age = 20_000, over: Partial<Plan> = {}): Plan {
  return {
    ...aPlan({ now: () => now - age, after: () => ({ dispose: () => undefined }) }),
    target: aTarget({
      cluster: {
        context: 'prod-seoul',
        server: 'https://3F2A.gr7.ap-northeast-2.eks.amazonaws.com',
        cluster: 'prod-seoul',
      },
      uid: '0b6d6c9e-6c4f-4a56-9d0e-0e6f4f3f9a11',
      resourceVersion: '184467',
    }),
    owners: [
      {
        kind: 'helm',
        name: 'sock-shop (revision 7)',
        consequence: 'The next helm upgrade sets maxReplicas back to 4, unless the values are changed too.',
        reverts: false,
      },
    ],
    effects: [
      { text: '16 pods wanted, nodes have room for 31', severity: 'info' },
      { text: 'CPU per pod is expected to fall from 92 % to about 37 %', severity: 'info' },
      { text: '10 is two and a half times the present maximum', severity: 'warning' },
    ],
    request: {
      route: 'github',
      payload: {},
      preview: [
        { label: 'Repository', value: 'acme/ops' },
        { label: 'Workflow', value: 'scale.yml @ main' },
        { label: 'cluster', value: 'prod-seoul' },
        { label: 'namespace', value: 'sock-shop' },
        { label: 'hpa', value: 'front-end' },
        { label: 'max_replicas', value: '10' },
        { label: 'plan_id', value: 'jv-abcdefghijkmnpqr' },
      ],
    },
    expectations: [
      {
        id: 'field',
        role: 'change',
        label: 'maxReplicas is 10',
        withinMs: 2 * minute,
        check: { kind: 'replicasReady', atLeast: 0 },
      },
      {
        id: 'replicas',
        role: 'recovery',
        label: '10 replicas ready',
        withinMs: 5 * minute,
        check: { kind: 'replicasReady', atLeast: 10 },
      },
      {
        id: 'cpu',
        role: 'recovery',
        label: 'CPU at most 60 %',
        withinMs: 10 * minute,
        check: { kind: 'utilization', metric: 'cpu', atMost: 60 },
      },
      {
        id: 'alarm',
        role: 'recovery',
        label: 'Alarm front-end-cpu is OK',
        withinMs: 15 * minute,
        check: { kind: 'alarmOk', alarm: { arn: 'arn', scope: 'prod' } },
      },
    ],
    ...over,
  };
}

type Seen = readonly [Tick['state'], string?, number?];

function ticks(plan: Plan, startedAt: number, seen: readonly Seen[]): Tick[] {
  return plan.expectations.map(({ id, role, label, withinMs }, index) => {
    const [state, what, tookMs] = seen[index] ?? ['waiting'];
    return {
      id,
      role,
      label,
      withinMs,
      state,
      ...(state !== 'waiting' && { startedAt }),
      ...(tookMs !== undefined && { endedAt: startedAt + tookMs }),
      ...(what !== undefined && { seen: what }),
    };
  });
}

function job(startedAt: number, steps: readonly (readonly [string, StepStatus, number])[]): RouteJob {
  let at = startedAt;
  const made = steps.map(([name, status, seconds]) => {
    const began = at;
    at += seconds * 1000;
    const ended = status === 'success' || status === 'failure' || status === 'cancelled';
    return { name, status, ...(status !== 'queued' && { startedAt: began }), ...(ended && { completedAt: at }) };
  });
  const status = made.find((step) => ['running', 'failure', 'cancelled'].includes(step.status))?.status;
  const done = made.every((step) => step.status === 'success');
  return {
    name: 'scale',
    status: done ? 'success' : (status ?? 'queued'),
    startedAt,
    url: `${runUrl}/job/1`,
    steps: made,
    ...((done || status === 'failure') && { completedAt: at }),
  };
}

const doneSteps = [
  ['Set up job', 'success', 2],
  ['Check out', 'success', 2],
  ['Patch the HPA', 'success', 5],
] as const;

function progress(jobs: readonly RouteJob[], over: Partial<RouteProgress> = {}): RouteProgress {
  return { status: 'running', headline: 'scale.yml #318 is running', url: runUrl, jobs, ...over };
}

interface Moments {
  readonly phase: RunPhase;
  /** ms before now at which each phase began. */
  readonly ago: Readonly<Partial<Record<RunPhase, number>>>;
}

function at(now: number, { phase, ago }: Moments, over: Partial<RunState> = {}, plan?: Plan): RunState {
  const times = Object.fromEntries(Object.entries(ago).map(([name, ms]) => [name, now - ms])) as RunState['times'];
  return { plan: plan ?? demoPlan(now, ago.planned), phase, times, ticks: [], cancelling: false, ...over };
}

const running: Moments = { phase: 'running', ago: { planned: 80_000, confirmed: 42_000, running: 40_000 } };
const verifying: Moments = {
  phase: 'verifying',
  ago: { ...running.ago, confirmed: 95_000, planned: 120_000, running: 93_000, verifying: 60_000 },
};
const ended = (phase: RunPhase): Moments => ({
  phase,
  ago: {
    planned: 9 * minute,
    confirmed: 8 * minute,
    running: 8 * minute - 2000,
    verifying: 7 * minute,
    [phase]: minute,
  },
});
const success = { outcome: 'success', summary: 'scale.yml #318 succeeded in 9 s', url: runUrl } as const;

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
    progress: progress([{ name: hostileName, status: 'failure', steps: [{ name, status: 'failure' }] }]),
    result: {
      outcome: 'failure',
      summary: hostileName,
      logTail: [hostileName, '</pre><script>document.title="owned"</script>'],
    },
  };
}
