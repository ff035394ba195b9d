import type { Tick } from '../../../src/domain/remediation/expectation.ts';
import type { Plan } from '../../../src/domain/remediation/plan.ts';
import type { RouteJob, RouteProgress, StepStatus } from '../../../src/domain/remediation/route.ts';
import type { RunPhase, RunState } from '../../../src/domain/remediation/run-state.ts';
import { aPlan, aTarget } from '../builders/remediation.ts';

export const minute = 60_000;
export const runUrl = 'https://github.example/acme/ops/actions/runs/318';

/** A plan as the scenario has it, made `age` ms ago. */
export function demoPlan(now: number, age = 20_000, over: Partial<Plan> = {}): Plan {
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
        check: { kind: 'replicasReady', of: 'Deployment', atLeast: 0 },
      },
      {
        id: 'replicas',
        role: 'recovery',
        label: '10 replicas ready',
        withinMs: 5 * minute,
        check: { kind: 'replicasReady', of: 'Deployment', atLeast: 10 },
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

export type Seen = readonly [Tick['state'], string?, number?];

export function ticks(plan: Plan, startedAt: number, seen: readonly Seen[]): Tick[] {
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

export function job(startedAt: number, steps: readonly (readonly [string, StepStatus, number])[]): RouteJob {
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

export const doneSteps = [
  ['Set up job', 'success', 2],
  ['Check out', 'success', 2],
  ['Patch the HPA', 'success', 5],
] as const;

export function progress(jobs: readonly RouteJob[], over: Partial<RouteProgress> = {}): RouteProgress {
  return { status: 'running', headline: 'scale.yml #318 is running', url: runUrl, jobs, ...over };
}

export interface Moments {
  readonly phase: RunPhase;
  /** ms before now at which each phase began. */
  readonly ago: Readonly<Partial<Record<RunPhase, number>>>;
}

export function at(now: number, { phase, ago }: Moments, over: Partial<RunState> = {}, plan?: Plan): RunState {
  const times = Object.fromEntries(Object.entries(ago).map(([name, ms]) => [name, now - ms])) as RunState['times'];
  return { plan: plan ?? demoPlan(now, ago.planned), phase, times, ticks: [], cancelling: false, ...over };
}

export const running: Moments = { phase: 'running', ago: { planned: 80_000, confirmed: 42_000, running: 40_000 } };
export const verifying: Moments = {
  phase: 'verifying',
  ago: { ...running.ago, confirmed: 95_000, planned: 120_000, running: 93_000, verifying: 60_000 },
};
export const ended = (phase: RunPhase): Moments => ({
  phase,
  ago: {
    planned: 9 * minute,
    confirmed: 8 * minute,
    running: 8 * minute - 2000,
    verifying: 7 * minute,
    [phase]: minute,
  },
});
export const success = { outcome: 'success', summary: 'scale.yml #318 succeeded in 9 s', url: runUrl } as const;
