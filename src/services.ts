import { userInfo } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createAlarmSource } from './clients/aws/alarm-source.ts';
import { AwsSessions } from './clients/aws/sessions.ts';
import { JournalFolder } from './clients/journal/journal-folder.ts';
import { createClusters, type KubernetesClient } from './clients/kubernetes/clusters.ts';
import { createCloudWatchMetricSource } from './clients/metrics/cloudwatch.ts';
import { createUsageMetricSource } from './clients/metrics/usage.ts';
import { DirectRoute } from './clients/routes/direct.ts';
import { GithubRoute } from './clients/routes/github.ts';
import { type Clock, systemClock } from './core/clock.ts';
import { DisposableStore } from './core/disposable.ts';
import { Emitter } from './core/event.ts';
import type { Logger } from './core/log.ts';
import type { AlarmSource } from './domain/alarms/source.ts';
import type { Clusters } from './domain/kubernetes/cluster.ts';
import type { MetricSource } from './domain/metrics/model.ts';
import { Planner } from './domain/remediation/planner.ts';
import { remediations } from './domain/remediation/remediations.ts';
import type { Route, RouteId } from './domain/remediation/route.ts';
import { RunRegistry } from './domain/remediation/run-registry.ts';
import type { Runs } from './domain/remediation/runs.ts';
import { targetGuard } from './domain/remediation/target-guard.ts';
import { worldObserver } from './domain/remediation/world-observer.ts';
import { GitHubSignIn } from './ui/github-sign-in.ts';
import { kubeconfigPaths } from './ui/kubeconfig-paths.ts';
import { onDidChangeSetting, setting } from './ui/settings.ts';

/** What features are built from. Contracts only: the heavy parts behind them load at first use. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly clock: Clock;
  readonly log: Logger;
  readonly alarms: AlarmSource;
  readonly clusters: Clusters;
  readonly metrics: readonly MetricSource[];
  readonly runs: Runs;
  /** Setting `jarvis.remediation.route`. */
  readonly defaultRoute: () => RouteId;
  readonly signIn: GitHubSignIn;
}

/** The composition root: the one place that knows every part. Nothing here reads a file or asks a server. */
export function createServices(context: vscode.ExtensionContext, log: Logger): Services {
  const owned = new DisposableStore();
  context.subscriptions.push(owned);
  const clock = systemClock;
  const signIn = new GitHubSignIn(context.secrets);
  const client = owned.add(createClusters({ kubeconfigPaths, env: process.env, clock, log }));
  owned.add(onDidChangeSetting(['jarvis.kubernetes.kubeconfig'], () => void client.refresh()));
  const sessions = owned.add(new AwsSessions({ env: process.env, clock }));
  const alarms = owned.add(alarmSource(sessions, owned, log));
  const sources = {
    sessions,
    alarms,
    clusters: client,
    clock,
    grafanaTemplate: () => setting('jarvis.grafana.urlTemplate'),
  };
  const metrics = [createCloudWatchMetricSource(sources), createUsageMetricSource(sources)];
  const runs = owned.add(runRegistry(context, { client, alarms, signIn, log }));
  return { context, clock, log, alarms, clusters: client, metrics, runs, defaultRoute, signIn };
}

function alarmSource(sessions: AwsSessions, owned: DisposableStore, log: Logger) {
  const changed = owned.add(new Emitter<undefined>());
  owned.add(onDidChangeSetting(['jarvis.aws.scopes', 'jarvis.alarms.pollSeconds'], () => changed.fire(undefined)));
  return createAlarmSource({
    sessions,
    scopes: () => setting('jarvis.aws.scopes'),
    onScopesChanged: changed.event,
    pollSeconds: () => setting('jarvis.alarms.pollSeconds'),
    env: process.env,
    clock: systemClock,
    log,
  });
}

interface RunParts {
  readonly client: KubernetesClient;
  readonly alarms: AlarmSource;
  readonly signIn: GitHubSignIn;
  readonly log: Logger;
}

/** The one write path, with every route and remediation that there is. */
function runRegistry(context: vscode.ExtensionContext, { client, alarms, signIn, log }: RunParts): RunRegistry {
  const clock = systemClock;
  const planner = new Planner({
    clock,
    remediations,
    routes: routesOf(client, signIn),
    defaultRoute,
    context: ({ pointer }) => ({ cluster: client.cluster(pointer.cluster), inspector: client, clock }),
    actor: () => userInfo().username,
  });
  const ports = {
    clock,
    journal: new JournalFolder(join(context.globalStorageUri.fsPath, 'journal'), log),
    observer: worldObserver({ clusters: client, inspector: client, alarms, clock }),
    guard: targetGuard(client),
    route: ({ request }: { request: { route: RouteId } }) => planner.route(request.route),
  };
  return new RunRegistry(planner, ports, log);
}

/** A new route is a file in clients/routes and a line here. */
function routesOf(client: KubernetesClient, signIn: GitHubSignIn): readonly Route[] {
  const settings = () => ({
    apiUrl: setting('jarvis.github.apiUrl'),
    repository: setting('jarvis.github.repository'),
    ref: setting('jarvis.github.ref'),
    workflows: setting('jarvis.remediation.workflows'),
  });
  const token = (apiUrl: string) => signIn.token(apiUrl);
  return [new GithubRoute({ settings, token, clock: systemClock }), new DirectRoute({ client })];
}

function defaultRoute(): RouteId {
  return setting('jarvis.remediation.route');
}
