import { join } from 'node:path';
import type * as vscode from 'vscode';
import { AwsSessions } from './clients/aws/sessions.ts';
import { createClusters, type KubernetesClient } from './clients/kubernetes/clusters.ts';
import { lazy } from './core/async.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { DisposableStore } from './core/disposable.ts';
import { Emitter } from './core/event.ts';
import type { Logger } from './core/log.ts';
import type { AlarmSource } from './domain/alarms/source.ts';
import type { SecretAges } from './domain/evidence/secret-ages.ts';
import type { Clusters } from './domain/kubernetes/cluster.ts';
import type { MetricSource } from './domain/metrics/model.ts';
import type { RouteId } from './domain/remediation/route.ts';
import type { RecordedRuns } from './domain/remediation/runs.ts';
import type { CheckedRoute } from './domain/set-up/route-links.ts';
import type { WafReader } from './domain/waf/reader.ts';
import { type AlarmSettings, LazyAlarms } from './services/lazy-alarms.ts';
import { LazyRuns, mayBeThere } from './services/lazy-runs.ts';
import { lazyWaf } from './services/lazy-waf.ts';
import type { GitHubSignIn } from './ui/github-sign-in.ts';
import { kubeconfigPaths } from './ui/kubeconfig-paths.ts';
import { onDidChangeSetting, setting } from './ui/settings.ts';

/** What features are built from. Contracts only: the heavy parts behind them load at first use. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly clock: Clock;
  readonly log: Logger;
  readonly alarms: AlarmSource;
  readonly clusters: Clusters;
  /** Loaded with the first chart. */
  readonly metrics: () => Promise<readonly MetricSource[]>;
  readonly runs: RecordedRuns;
  /** Loaded with the first question. */
  readonly vault: SecretAges;
  readonly waf: WafReader;
  /** For tests of what they hang on: writing is a matter of the runs alone. */
  readonly routes: () => Promise<readonly CheckedRoute[]>;
  /** Setting `jarvis.remediation.route`. */
  readonly defaultRoute: () => RouteId;
  /** Loaded with the first plan that goes to GitHub. */
  readonly signIn: () => Promise<GitHubSignIn>;
}

/** The composition root: the one place that knows every part. Nothing here reads a file or asks a server. */
export function createServices(context: vscode.ExtensionContext, log: Logger): Services {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const clock = systemClock;
  const signIn = lazy(async () => {
    const { GitHubSignIn } = await import('./ui/github-sign-in.ts');
    return new GitHubSignIn(context.secrets);
  });
  const clusters = owned.add(createClusters({ kubeconfigPaths, env: process.env, clock, log }));
  owned.add(onDidChangeSetting(['jarvis.kubernetes.kubeconfig'], () => void clusters.refresh()));
  const sessions = owned.add(new AwsSessions({ env: process.env, clock }));
  const alarms = owned.add(lazyAlarms(sessions, owned, log));
  const metrics = lazy(async () => {
    const { createMetricSources } = await import('./services/metrics.ts');
    return createMetricSources({ sessions, alarms, clusters, clock, runs, owned });
  });
  const vault: SecretAges = {
    updatedAt: async (path, signal) => (await import('./services/vault.ts')).vaultAges().updatedAt(path, signal),
  };
  const waf = lazyWaf(async () => (await import('./services/waf.ts')).createWaf(sessions));
  const runs = owned.add(lazyRuns(context, { client: clusters, sessions, alarms, vault, waf, signIn, clock, log }));
  const routes = lazy(async () => {
    const { routesOf } = await import('./services/runs.ts');
    return routesOf({ client: clusters, sessions, signIn, clock });
  });
  return { context, clock, log, alarms, clusters, metrics, runs, routes, vault, waf, defaultRoute, signIn };
}

function lazyAlarms(sessions: AwsSessions, owned: DisposableStore, log: Logger): LazyAlarms {
  const changed = owned.add(new Emitter<undefined>());
  owned.add(onDidChangeSetting(['jarvis.aws.scopes', 'jarvis.alarms.pollSeconds'], () => changed.fire(undefined)));
  const settings: AlarmSettings = {
    scopes: () => setting('jarvis.aws.scopes'),
    onScopesChanged: changed.event,
    pollSeconds: () => setting('jarvis.alarms.pollSeconds'),
    env: process.env,
  };
  return new LazyAlarms(settings, async () => {
    const { createAlarmSource } = await import('./clients/aws/alarm-source.ts');
    return createAlarmSource({ ...settings, sessions, clock: systemClock, log });
  });
}

interface RunParts {
  readonly client: KubernetesClient;
  readonly sessions: AwsSessions;
  readonly alarms: AlarmSource;
  readonly vault: SecretAges;
  readonly waf: WafReader;
  readonly signIn: () => Promise<GitHubSignIn>;
  readonly clock: Clock;
  readonly log: Logger;
}

function lazyRuns({ globalStorageUri }: vscode.ExtensionContext, parts: RunParts): LazyRuns {
  const journalFolder = join(globalStorageUri.fsPath, 'journal');
  const load = async () => {
    const { createRuns } = await import('./services/runs.ts');
    return createRuns({ ...parts, journalFolder, defaultRoute });
  };
  return new LazyRuns(load, () => mayBeThere(journalFolder));
}

function defaultRoute(): RouteId {
  return setting('jarvis.remediation.route');
}
