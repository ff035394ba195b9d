import type { Clock } from '../../core/clock.ts';
import { type ErrorCode, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { RemediationId } from '../../domain/remediation/plan.ts';
import type { Intent, Route, RouteHandle, RouteRequest } from '../../domain/remediation/route.ts';
import { GithubClient } from '../github/client.ts';
import { checkRequest } from './github/check.ts';
import { findRun } from './github/find-run.ts';
import { RunWatch } from './github/follow.ts';
import { type GithubHandle, type GithubRequest, readHandle, readRequest } from './github/payload.ts';

export interface GithubRouteSettings {
  /** `https://api.github.com`, or `https://HOST/api/v3` of an Enterprise Server. */
  readonly apiUrl: string;
  /** `owner/name` */
  readonly repository: string;
  /** Branch or tag; empty: the default branch. */
  readonly ref: string;
  /** The workflow file of each remediation. */
  readonly workflows: Readonly<Partial<Record<RemediationId, string>>>;
}

export interface GithubRouteOptions {
  readonly settings: () => GithubRouteSettings;
  /** The sign-in for a server. @throws JarvisError `github.unauthorized` where nobody signs in. */
  readonly token: (apiUrl: string) => Promise<string>;
  readonly clock: Clock;
}

/** How long a run may stay unlisted after GitHub accepted its dispatch. */
const listingMs = 60_000;
/** How long is looked for a run whose dispatch may never have arrived. */
const recoverMs = 10_000;

/** The route through a workflow of the team's own repository. */
export class GithubRoute implements Route {
  readonly id = 'github';
  readonly #options: GithubRouteOptions;
  readonly #clients = new Map<string, GithubClient>();
  /** Plans whose dispatch GitHub refused: no run of theirs exists. */
  readonly #refused = new Set<string>();

  constructor(options: GithubRouteOptions) {
    this.#options = options;
  }

  async prepare(intent: Intent, signal: AbortSignal): Promise<RouteRequest> {
    const { apiUrl, repository, ref, workflows } = this.#options.settings();
    const [owner = '', repo = ''] = repository.split('/');
    const workflow = workflows[intent.remediation]?.split('/').at(-1) ?? '';
    if (owner === '' || repo === '') throw unset('jarvis.github.repository');
    if (workflow === '') throw unset('jarvis.remediation.workflows');
    const pinned = ref !== '' ? ref : (await this.#client({ apiUrl, owner, repo }).access(signal)).defaultBranch;
    const inputs = { ...intent.values, plan_id: intent.planId };
    const payload: GithubRequest = { apiUrl, owner, repo, ref: pinned, workflow, inputs, planId: intent.planId };
    return { route: this.id, payload, preview: preview(payload) };
  }

  check(request: RouteRequest, signal: AbortSignal) {
    const payload = readRequest(request.payload);
    return checkRequest(this.#client(payload), payload, signal);
  }

  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const payload = readRequest(request.payload);
    try {
      const sentAt = this.#options.clock.now();
      const run = await this.#client(payload).dispatch(payload, signal);
      return this.#handle({ ...payload, sentAt, ...(run && { runId: run.id }) }, run?.url);
    } catch (error) {
      if (error instanceof JarvisError && refusals.has(error.code)) this.#refused.add(payload.planId);
      throw error;
    }
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const payload = readRequest(request.payload);
    if (this.#refused.has(payload.planId)) return undefined;
    const { clock } = this.#options;
    const run = await findRun(this.#client(payload), payload, { clock, patienceMs: recoverMs }, signal);
    return run && this.#handle({ ...payload, sentAt: run.createdAt, runId: run.id }, run.url);
  }

  async follow(handle: RouteHandle, onProgress: Parameters<Route['follow']>[1], signal: AbortSignal) {
    const payload = readHandle(handle.payload);
    const client = this.#client(payload);
    if (payload.runId === undefined)
      onProgress({
        status: 'queued',
        headline: t('GitHub accepted the dispatch; its run is not listed yet'),
        jobs: [],
      });
    const watch = new RunWatch(client, this.#options.clock, onProgress, signal);
    return watch.untilDone(() => this.#runId(payload, signal));
  }

  async cancel(handle: RouteHandle, signal: AbortSignal): Promise<void> {
    const payload = readHandle(handle.payload);
    try {
      await this.#client(payload).cancel(await this.#runId(payload, signal), signal);
    } catch (error) {
      // 409: it has ended already, which following it will tell
      if (!(error instanceof JarvisError) || error.code !== 'github.conflict') throw error;
    }
  }

  /** @throws JarvisError `github.runNotFound` */
  async #runId(handle: GithubHandle, signal: AbortSignal): Promise<number> {
    if (handle.runId !== undefined) return handle.runId;
    const { clock } = this.#options;
    const patienceMs = Math.max(recoverMs, handle.sentAt + listingMs - clock.now());
    const run = await findRun(this.#client(handle), handle, { clock, patienceMs }, signal);
    if (run) return run.id;
    const message = t(
      'GitHub accepted the dispatch of {0}, but none of its runs has {1} in its name.',
      handle.workflow,
      handle.planId,
    );
    throw new JarvisError({ code: 'github.runNotFound', message, remedies: [{ kind: 'retry' }] });
  }

  #handle(payload: GithubHandle, url: string | undefined): RouteHandle {
    return { route: this.id, payload, ...(url !== undefined && { url }) };
  }

  /** One client a repository, so that connections, ETags and waits are shared. */
  #client({ apiUrl, owner, repo }: Pick<GithubRequest, 'apiUrl' | 'owner' | 'repo'>): GithubClient {
    const key = `${apiUrl} ${owner}/${repo}`;
    const { token, clock } = this.#options;
    const client =
      this.#clients.get(key) ??
      new GithubClient({ apiUrl, repository: { owner, repo }, token: () => token(apiUrl), clock });
    this.#clients.set(key, client);
    return client;
  }
}

/** Answers that mean: nothing was started. An answer that was lost means nothing of the kind. */
const refusals = new Set<ErrorCode>([
  'github.validation',
  'github.unauthorized',
  'github.forbidden',
  'github.notFound',
  'github.rateLimited',
]);

function unset(setting: string): JarvisError {
  const message = t('The setting {0} is missing: Jarvis does not know which workflow to run.', setting);
  return new JarvisError({ code: 'github.notConfigured', message, remedies: [{ kind: 'openSetting', setting }] });
}

function preview({ apiUrl, owner, repo, ref, workflow, inputs }: GithubRequest): RouteRequest['preview'] {
  return [
    { label: t('Server'), value: apiUrl },
    { label: t('Repository'), value: `${owner}/${repo}` },
    { label: t('Workflow'), value: `${workflow} @ ${ref}` },
    ...Object.entries(inputs).map(([label, value]) => ({ label, value })),
  ];
}
