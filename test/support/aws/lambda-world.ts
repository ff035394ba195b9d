import { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { GithubRuns } from '../../../src/clients/routes/github/runs.ts';
import { LambdaRoute } from '../../../src/clients/routes/lambda.ts';
import type { LambdaRouteSettings } from '../../../src/clients/routes/lambda/settings.ts';
import { type DisposableStore, disposable } from '../../../src/core/disposable.ts';
import type { RouteHandle, RouteRequest } from '../../../src/domain/remediation/route.ts';
import { FakeClock } from '../fake-clock.ts';
import { fastClock } from '../fast-clock.ts';
import { intent, signal } from '../github/route-world.ts';
import { awsHome } from './home.ts';
import { type Answer, type Script, startScriptedAws } from './scripted-aws.ts';

/** A function's answer to a plan. */
export const answer = (over: object = {}): Answer => ({
  body: { version: 1, planId: 'jv-1', status: 'done', message: 'maxReplicas is 10', ...over },
});

/** The same with the end of a log. */
export const withLog = (log: string, { body, headers = {} }: Answer): Answer => ({
  body,
  headers: { ...headers, 'x-amz-log-result': Buffer.from(log).toString('base64') },
});

/** How AWS says that a function ended by an error. */
export const functionError = (errorType: string, errorMessage: string): Answer => ({
  headers: { 'x-amz-function-error': 'Unhandled' },
  body: { errorType, errorMessage, trace: [] },
});

/** The route over scripted services and a clock that stands still; GitHub's clock is fast. Everything ends with `owned`. */
export async function lambdaWorld(owned: DisposableStore, settings: Partial<LambdaRouteSettings> = {}) {
  const clock = new FakeClock();
  const aws = await startScriptedAws();
  owned.add(disposable(() => void aws.close()));
  const home = awsHome();
  owned.add(disposable(() => home.remove()));
  home.profile({ lambda: aws.url, sts: aws.url });
  const info: Script = () => ({ body: { State: 'Active', Timeout: 60 } });
  aws.on('GetFunctionConfiguration', info);
  const invocations: Readonly<Record<string, unknown>>[] = [];
  /** What the function answers; a dry run has no answer. */
  const onInvoke = (script: Script) =>
    aws.on('Invoke', (input) => {
      if (input['type'] === 'DryRun') return { status: 204, body: '' };
      invocations.push(input);
      return script(input);
    });
  onInvoke(() => answer());
  const env = { ...home.env };
  const route = () => {
    const all = {
      functions: { scaleHpa: 'jarvis-scale' },
      scopes: [{ label: 'Prod' }],
      github: { apiUrl: 'http://127.0.0.1:9', repository: '', workflows: { scaleHpa: 'scale.yml' } },
      ...settings,
    };
    const runs = new GithubRuns({ token: () => Promise.resolve('writer'), clock: fastClock(50) });
    return new LambdaRoute({ settings: () => all, sessions: owned.add(new AwsSessions({ env, clock })), runs, clock });
  };
  const own = route();
  const prepare = (planId = 'jv-1'): Promise<RouteRequest> => own.prepare(intent(planId), signal);
  const send = async (): Promise<RouteHandle> => own.send(await prepare(), signal);
  /** From the plan to the end. */
  const outcome = async () => own.follow(await send(), () => undefined, signal);
  return { clock, aws, env, home, route: own, otherWindow: route, onInvoke, invocations, prepare, send, outcome };
}
