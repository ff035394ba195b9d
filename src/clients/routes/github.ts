import type { Clock } from '../../core/clock.ts';
import { type ErrorCode, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { RemediationId } from '../../domain/remediation/remediation-id.ts';
import type { Intent, Route, RouteHandle, RouteRequest } from '../../domain/remediation/route.ts';
import { checkRequest, takes } from './github/check.ts';
import { gatesOf } from './github/gates.ts';
import { type GithubHandle, type GithubRequest, readHandle, readRequest } from './github/payload.ts';
import type { GithubRuns } from './github/runs.ts';

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
  readonly runs: GithubRuns;
  readonly clock: Clock;
}

/** The route through a workflow of the team's own repository. */
export class GithubRoute implements Route {
  readonly id = 'github';
  readonly #options: GithubRouteOptions;
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
    const pinned = ref !== '' ? ref : (await this.#runs.client({ apiUrl, owner, repo }).access(signal)).defaultBranch;
    const client = this.#runs.client({ apiUrl, owner, repo });
    const isCompared = await takes(client, { workflow, ref: pinned }, 'planned_for', signal);
    const compared = isCompared && { planned_for: intent.plannedFor };
    const inputs = { ...intent.values, ...compared, plan_id: intent.planId };
    const payload: GithubRequest = { apiUrl, owner, repo, ref: pinned, workflow, inputs, planId: intent.planId };
    return { route: this.id, payload, preview: preview(payload) };
  }

  check(request: RouteRequest, signal: AbortSignal) {
    const payload = readRequest(request.payload);
    return checkRequest(this.#runs.client(payload), payload, signal);
  }

  gates(request: RouteRequest, signal: AbortSignal) {
    const payload = readRequest(request.payload);
    return gatesOf(this.#runs.client(payload), payload, signal);
  }

  async send(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle> {
    const payload = readRequest(request.payload);
    try {
      const sentAt = this.#options.clock.now();
      const run = await this.#runs.client(payload).dispatch(payload, signal);
      return this.#handle({ ...payload, sentAt, ...(run && { runId: run.id }) }, run?.url);
    } catch (error) {
      if (error instanceof JarvisError && refusals.has(error.code)) this.#refused.add(payload.planId);
      throw error;
    }
  }

  async recover(request: RouteRequest, signal: AbortSignal): Promise<RouteHandle | undefined> {
    const payload = readRequest(request.payload);
    if (this.#refused.has(payload.planId)) return undefined;
    const run = await this.#runs.find(payload, signal);
    return run && this.#handle({ ...payload, sentAt: run.createdAt, runId: run.id }, run.url);
  }

  follow(handle: RouteHandle, onProgress: Parameters<Route['follow']>[1], signal: AbortSignal) {
    return this.#runs.follow(readHandle(handle.payload), onProgress, signal);
  }

  cancel(handle: RouteHandle, signal: AbortSignal): Promise<void> {
    return this.#runs.cancel(readHandle(handle.payload), signal);
  }

  #handle(payload: GithubHandle, url: string | undefined): RouteHandle {
    return { route: this.id, payload, ...(url !== undefined && { url }) };
  }

  get #runs(): GithubRuns {
    return this.#options.runs;
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
