import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../../core/clock.ts';
import { Engine } from './engine.ts';
import { type Fault, Faults } from './faults.ts';
import { handlersOf } from './handlers.ts';
import { type Exchange, Pipeline } from './pipeline.ts';
import { RateLimit } from './rate-limit.ts';
import type { RepositorySource } from './repository.ts';
import type { User } from './router.ts';
import type { WorkflowRunner } from './runner.ts';
import type { Generation, State } from './state.ts';
import { Workflows } from './workflows.ts';

export interface GithubOptions {
  /** `owner/name` */
  readonly repository: string;
  readonly source: RepositorySource;
  readonly runner: WorkflowRunner;
  /** Who a token stands for. */
  readonly tokens: Readonly<Record<string, User>>;
  readonly clock?: Clock;
  readonly generation?: Generation;
  /** Environments that ask for an approval; a job of any other starts at once. */
  readonly protectedEnvironments?: readonly string[];
  /** Environments without reviewers that were made before any run. */
  readonly openEnvironments?: readonly string[];
  /** How long a new run is missing from lists. */
  readonly listDelayMs?: number;
  /** Requests an hour; GitHub gives a user 5,000. */
  readonly hourlyLimit?: number;
  /** Hears every exchange after its answer was made. */
  readonly onExchange?: (exchange: Exchange) => void;
}

export interface PracticeGithub {
  readonly apiUrl: string;
  /** Makes the next calls go wrong. */
  fail(fault: Fault): void;
  clearFaults(): void;
  setRunnersOnline(online: boolean): void;
  /** Leaves no request until so many seconds from now. */
  exhaustRateLimit(seconds: number): void;
  close(): Promise<void>;
}

/** GitHub's Actions API over HTTP on a free port of 127.0.0.1. */
export async function startGithub(options: GithubOptions): Promise<PracticeGithub> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // An Enterprise Server keeps its API under /api/v3 of the address that people open.
  const apiUrl = options.generation === 'ghes-3.20' ? `${origin}/api/v3` : origin;
  const state = newState(options, apiUrl, origin);
  const faults = new Faults();
  const limit = new RateLimit(state.clock, options.hourlyLimit ?? 5000);
  const pipeline = new Pipeline({ state, faults, limit, tokens: options.tokens, routes: handlersOf(state, limit) });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    void pipeline.serve(request, response).then((exchange) => exchange && options.onExchange?.(exchange));
  });

  return {
    apiUrl,
    fail: (fault) => faults.plan(fault),
    clearFaults: () => faults.clear(),
    setRunnersOnline: (online) => state.engine.setRunnersOnline(online),
    exhaustRateLimit: (seconds) => limit.exhaust(seconds),
    async close() {
      await state.engine.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function newState(options: GithubOptions, apiUrl: string, htmlUrl: string): State {
  const { repository, source, runner, clock = systemClock } = options;
  const protectedEnvironments = new Set(options.protectedEnvironments);
  const runnerLabels = new Set(['ubuntu-latest']);
  const { workTree } = source;
  const engine = new Engine({ clock, workTree, repository, runner, protectedEnvironments, runnerLabels });
  const site = { apiUrl, htmlUrl, repository, defaultBranch: source.defaultBranch };
  const { generation = 'github.com', listDelayMs = 0 } = options;
  const workflows = new Workflows(source);
  const environments = new Set([...protectedEnvironments, ...(options.openEnvironments ?? [])]);
  return { environments, clock, site, source, workflows, engine, generation, listDelayMs, runs: [] };
}
