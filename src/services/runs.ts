import { userInfo } from 'node:os';
import { JournalFolder } from '../clients/journal/journal-folder.ts';
import type { KubernetesClient } from '../clients/kubernetes/clusters.ts';
import { DirectRoute } from '../clients/routes/direct.ts';
import { GithubRoute } from '../clients/routes/github.ts';
import type { Clock } from '../core/clock.ts';
import type { Logger } from '../core/log.ts';
import type { AlarmSource } from '../domain/alarms/source.ts';
import { Planner } from '../domain/remediation/planner.ts';
import { remediations } from '../domain/remediation/remediations.ts';
import type { Route, RouteId } from '../domain/remediation/route.ts';
import { RunRegistry } from '../domain/remediation/run-registry.ts';
import { targetGuard } from '../domain/remediation/target-guard.ts';
import { worldObserver } from '../domain/remediation/world-observer.ts';
import type { GitHubSignIn } from '../ui/github-sign-in.ts';
import { setting } from '../ui/settings.ts';

export interface RunParts {
  readonly client: KubernetesClient;
  readonly alarms: AlarmSource;
  readonly signIn: GitHubSignIn;
  readonly clock: Clock;
  readonly log: Logger;
  readonly journalFolder: string;
  readonly defaultRoute: () => RouteId;
}

/** The one write path, with every route and remediation that there is. */
export function createRuns(parts: RunParts): RunRegistry {
  const { client, alarms, clock, log } = parts;
  const planner = new Planner({
    clock,
    remediations,
    routes: routesOf(parts),
    defaultRoute: parts.defaultRoute,
    context: ({ pointer }) => ({ cluster: client.cluster(pointer.cluster), inspector: client, clock }),
    actor: () => userInfo().username,
  });
  const ports = {
    clock,
    journal: new JournalFolder(parts.journalFolder, log),
    observer: worldObserver({ clusters: client, inspector: client, alarms, clock }),
    guard: targetGuard(client),
    route: ({ request }: { readonly request: { readonly route: RouteId } }) => planner.route(request.route),
  };
  return new RunRegistry(planner, ports, log);
}

/** A new route is a file in clients/routes and a line here. */
function routesOf({ client, signIn, clock }: RunParts): readonly Route[] {
  const settings = () => ({
    apiUrl: setting('jarvis.github.apiUrl'),
    repository: setting('jarvis.github.repository'),
    ref: setting('jarvis.github.ref'),
    workflows: setting('jarvis.remediation.workflows'),
  });
  const token = (apiUrl: string) => signIn.token(apiUrl);
  return [new GithubRoute({ settings, token, clock }), new DirectRoute({ client })];
}
