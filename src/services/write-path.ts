import { userInfo } from 'node:os';
import type { KubernetesClient } from '../clients/kubernetes/clusters.ts';
import type { Clock } from '../core/clock.ts';
import { valueOf } from '../core/loadable.ts';
import type { Logger } from '../core/log.ts';
import type { AlarmSource } from '../domain/alarms/source.ts';
import type { SecretAges } from '../domain/evidence/secret-ages.ts';
import type { Journal } from '../domain/remediation/journal.ts';
import { Gate } from '../domain/remediation/guards/gate.ts';
import type { Protection } from '../domain/remediation/guards/protection.ts';
import { Planner } from '../domain/remediation/planner.ts';
import { remediations } from '../domain/remediation/remediations.ts';
import type { Route, RouteId } from '../domain/remediation/route.ts';
import { RunRegistry } from '../domain/remediation/run-registry.ts';
import { targetGuard } from '../domain/remediation/target-guard.ts';
import type { Prober } from '../domain/waf/prober.ts';
import type { WafReader } from '../domain/waf/reader.ts';
import { worldObserver } from '../domain/remediation/world-observer.ts';

export interface WritePathParts {
  readonly client: KubernetesClient;
  readonly alarms: AlarmSource;
  readonly waf: WafReader;
  readonly prober: Prober;
  readonly clock: Clock;
  readonly log: Logger;
  readonly vault?: SecretAges;
  readonly journal: Journal;
  readonly routes: readonly Route[];
  readonly defaultRoute: () => RouteId;
  readonly protection: () => Protection;
}

/** The one write path: every remediation, by the given routes. Knows no vscode, so that tests run it as it is. */
export function createWritePath(parts: WritePathParts): RunRegistry {
  const { client, alarms, vault, waf, prober, clock, log, journal, routes, defaultRoute, protection } = parts;
  const actor = () => userInfo().username;
  const planner = new Planner({
    clock,
    remediations,
    routes,
    defaultRoute,
    context: ({ pointer }) => ({
      cluster: client.cluster(pointer.cluster),
      inspector: client,
      waf,
      prober,
      clock,
      ...(vault && { vault }),
    }),
    actor,
  });
  const ports = {
    clock,
    journal,
    observer: worldObserver({ clusters: client, inspector: client, alarms, waf, prober, clock }),
    guard: targetGuard(client, client),
    gate: new Gate({ clock, journal, actor, protection, contexts: () => valueOf(client.contexts) ?? [] }),
    route: ({ request }: { readonly request: { readonly route: RouteId } }) => planner.route(request.route),
    recheck: planner.recheck.bind(planner),
  };
  return new RunRegistry(planner, ports, log);
}
