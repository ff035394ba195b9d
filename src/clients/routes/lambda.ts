import { unlessCancelled } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { isCancelled, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type {
  Intent,
  Route,
  RouteHandle,
  RouteProgress,
  RouteRequest,
  RouteResult,
} from '../../domain/remediation/route.ts';
import { nameOf } from '../aws/function-arn.ts';
import type { LambdaFunctions } from '../aws/functions.ts';
import type { AwsSession } from '../aws/session.ts';
import type { AwsSessions } from '../aws/sessions.ts';
import type { GithubRuns, PlanRun } from './github/runs.ts';
import { accountOf, assertAccount } from './lambda/account.ts';
import { checkRequest } from './lambda/check.ts';
import { Invocation } from './lambda/invocation.ts';
import { type LambdaHandle, type LambdaRequest, readHandle, readRequest, type Reply } from './lambda/payload.ts';
import { preview } from './lambda/preview.ts';
import { type LambdaRouteSettings, pinned } from './lambda/settings.ts';

export interface LambdaRouteOptions {
  readonly settings: () => LambdaRouteSettings;
  readonly sessions: Pick<AwsSessions, 'use'>;
  /** Where the runs are that a function starts. */
  readonly runs: GithubRuns;
  readonly clock: Clock;
}

/** A reply that comes within this time goes with the handle; a longer work is followed. */
const momentMs = 3_000;

/** The route through a function of the team's own AWS account. */
export class LambdaRoute implements Route {
  readonly id = 'lambda';
  readonly #options: LambdaRouteOptions;
  /** Plans that this window has made: what it has not invoked for them, nobody has. */
  readonly #own = new Set<string>();
  readonly #invocations = new Map<string, Invocation>();

  constructor(options: LambdaRouteOptions) {
    this.#options = options;
  }

  async prepare(intent: Intent, signal: AbortSignal): Promise<RouteRequest> {
    const { settings, sessions } = this.#options;
    const payload = await pinned(intent, settings(), (scope) =>
      sessions.use(scope, async (session) => ({ account: await accountOf(session, signal), region: session.region })),
    );
    this.#own.add(intent.planId);
    return { route: this.id, payload, preview: preview(payload), account: payload.account };
  }

  check({ payload }: RouteRequest, signal: AbortSignal) {
    const request = readRequest(payload);
    return this.#with(request, (functions) => checkRequest(functions, request, signal));
  }

  /** Invokes once for a plan, however often it is called. */
  async send({ payload }: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const request = readRequest(payload);
    const invocation = this.#invocations.get(request.event.planId) ?? (await this.#invoke(request, signal));
    await invocation.settles(momentMs, this.#options.clock);
    return handleOf(invocation.handle);
  }

  /**
   * A plan of this window was sent or was not. What a window that is gone has sent can be found on GitHub alone; where it
   * is not there, nobody knows. @throws JarvisError `lambda.inDoubt`, or what broke on the way
   */
  async recover({ payload }: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const request = readRequest(payload);
    const { planId } = request.event;
    const invocation = this.#invocations.get(planId);
    if (invocation ? invocation.wasRefused : this.#own.has(planId)) return undefined;
    if (invocation && !invocation.failure) return handleOf(invocation.handle);
    const reply = await this.#started(request, invocation?.failure ?? inDoubt(request), signal);
    return handleOf({ ...request, sentAt: this.#options.clock.now(), reply });
  }

  async follow(
    { payload }: RouteHandle,
    onProgress: (progress: RouteProgress) => void,
    signal: AbortSignal,
  ): Promise<RouteResult> {
    const sent = readHandle(payload);
    const reply = sent.reply ?? (await this.#awaited(sent, onProgress, signal));
    const { status, message: summary, code, run, logTail } = reply;
    if (status === 'failed')
      return { outcome: 'failure', summary, logTail, ...(code && { code }), inDoubt: reply.inDoubt === true };
    if (!run) return { outcome: 'success', summary, logTail };
    return { logTail, ...(await this.#options.runs.follow(planRun(sent, run), onProgress, signal)) };
  }

  /** Stops the workflow run that a function has started. @throws JarvisError `lambda.unstoppable` for a function itself */
  async cancel({ payload }: RouteHandle, signal: AbortSignal): Promise<void> {
    const sent = readHandle(payload);
    const reply = sent.reply ?? this.#invocations.get(sent.event.planId)?.reply;
    if (!reply) throw unstoppable(sent);
    if (reply.run) await this.#options.runs.cancel(planRun(sent, reply.run), signal);
  }

  #invoke(request: LambdaRequest, signal: AbortSignal): Promise<Invocation> {
    return this.#with(request, async (functions, session) => {
      const [timeout] = await Promise.all([
        functions.timeoutOf(request.arn, signal),
        assertAccount(session, request, signal),
      ]);
      const invocation = new Invocation(functions, request, timeout, this.#options.clock.now(), signal);
      this.#invocations.set(request.event.planId, invocation);
      return invocation;
    });
  }

  /** The reply to what is still running, or was when a window closed. */
  async #awaited(
    sent: LambdaHandle,
    onProgress: (progress: RouteProgress) => void,
    signal: AbortSignal,
  ): Promise<Reply> {
    const invocation = this.#invocations.get(sent.event.planId);
    if (!invocation) return this.#started(sent, inDoubt(sent), signal);
    onProgress({ status: 'running', headline: t('{0} is running', nameOf(sent.arn)), jobs: [] });
    return unlessCancelled(invocation.ended, signal);
  }

  /** What a function whose reply is lost has started, as far as GitHub tells. @throws `why` where it does not */
  async #started({ workflow, event }: LambdaRequest, why: JarvisError, signal: AbortSignal): Promise<Reply> {
    const plan = workflow && { ...workflow, planId: event.planId };
    const run = plan && (await this.#options.runs.find(plan, signal).catch(unlessKnown(why)));
    if (!run) throw why;
    const message = t('Run #{0} was started', run.number);
    return { status: 'accepted', message, run: { ...workflow, runId: run.id }, logTail: [] };
  }

  #with<T>(request: LambdaRequest, work: (functions: LambdaFunctions, session: AwsSession) => Promise<T>): Promise<T> {
    return this.#options.sessions.use(request.scope, async (session) => {
      const { functionsOf } = await import('../aws/functions.ts');
      return work(functionsOf(session.connection), session);
    });
  }
}

function handleOf(payload: LambdaHandle): RouteHandle {
  return { route: 'lambda', payload };
}

function planRun({ event, sentAt }: LambdaHandle, run: NonNullable<Reply['run']>): PlanRun {
  return { ...run, planId: event.planId, sentAt };
}

/** GitHub's silence is no answer either. */
function unlessKnown(why: JarvisError): (error: unknown) => never {
  return (error) => {
    throw isCancelled(error) ? error : why;
  };
}

function inDoubt({ arn }: LambdaRequest): JarvisError {
  const message = t('Whether {0} was invoked, and what it did, cannot be asked of AWS.', nameOf(arn));
  return new JarvisError({ code: 'lambda.inDoubt', message });
}

function unstoppable({ arn }: LambdaRequest): JarvisError {
  const message = t('A function that runs cannot be stopped: {0} goes on to its end.', nameOf(arn));
  return new JarvisError({ code: 'lambda.unstoppable', message });
}
