import assert from 'node:assert/strict';
import { GithubRoute, type GithubRouteSettings } from '../../../src/clients/routes/github.ts';
import { GithubRuns } from '../../../src/clients/routes/github/runs.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import type { Intent, RouteHandle } from '../../../src/domain/remediation/route.ts';
import { fastClock } from '../fast-clock.ts';
import { type Practice, practice, scaleInputs } from './practice.ts';
import { ScriptedRunner, succeed } from './scripted-runner.ts';

/** The route, the server that it talks to, and the clock of both, fifty times faster than the day. */
export interface World {
  readonly github: Practice;
  readonly route: GithubRoute;
  readonly clock: Clock;
  /** Prepares and sends. */
  readonly send: (planId?: string) => Promise<RouteHandle>;
}

/** For what no test aborts. */
export const { signal } = new AbortController();

export async function routeWorld(
  options: Parameters<typeof practice>[0] = {},
  settings: Partial<GithubRouteSettings> & { readonly token?: string } = {},
): Promise<World> {
  const clock = fastClock(50);
  const github = await practice({ clock, runner: new ScriptedRunner(succeed), ...options });
  const { token = 'writer', ...more } = settings;
  const defaults = { apiUrl: github.apiUrl, repository: 'acme/ops', ref: '', workflows: { scaleHpa: 'scale.yml' } };
  const route = githubRoute(() => ({ ...defaults, ...more }), token, clock);
  const send = async (planId = 'jv-1') => route.send(await route.prepare(intent(planId), signal), signal);
  return { github, route, clock, send };
}

/** The route as the product makes it. */
export function githubRoute(settings: () => GithubRouteSettings, token: string, clock: Clock): GithubRoute {
  const runs = new GithubRuns({ token: () => Promise.resolve(token), clock });
  return new GithubRoute({ settings, runs, clock });
}

/** Makes the worlds of a suite, and ends each after its test. */
export function routeWorlds(): (...options: Parameters<typeof routeWorld>) => Promise<World> {
  const worlds: World[] = [];
  afterEach(async () => {
    for (const { github } of worlds.splice(0)) await github.close();
  });
  return async (...options) => {
    const made = await routeWorld(...options);
    worlds.push(made);
    return made;
  };
}

/** Scale `front-end` in `sock-shop` of the cluster `prod` to ten. */
export function intent(planId = 'jv-1', values: Intent['values'] = scaleInputs(planId)): Intent {
  const cluster = { context: 'prod', cluster: 'prod', server: 'https://127.0.0.1:6443' };
  const target = { kind: 'HorizontalPodAutoscaler' as const, namespace: 'sock-shop', name: 'front-end' };
  return {
    planId,
    remediation: 'scaleHpa',
    target: { cluster, ...target, uid: 'u1', resourceVersion: '1' },
    values,
    plannedFor: 'u1 4',
    operation: { kind: 'patch', patch: [] },
  };
}

/** The error that a promise fails with. */
export async function thrown(promise: Promise<unknown>): Promise<JarvisError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof JarvisError, String(error));
  return error;
}
