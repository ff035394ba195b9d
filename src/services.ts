import type * as vscode from 'vscode';
import type { Clock } from './core/clock.ts';
import type { Logger } from './core/log.ts';
import type { AlarmSource } from './domain/alarms/source.ts';
import type { Clusters } from './domain/kubernetes/cluster.ts';
import type { MetricSource } from './domain/metrics/model.ts';
import type { RouteId } from './domain/remediation/route.ts';
import type { Runs } from './domain/remediation/runs.ts';
import type { GitHubSignIn } from './ui/github-sign-in.ts';

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
