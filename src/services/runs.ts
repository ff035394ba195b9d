import { effectiveScopes } from '../clients/aws/scopes.ts';
import type { AwsSessions } from '../clients/aws/sessions.ts';
import { httpProber } from '../clients/http/prober.ts';
import { HelmCli } from '../clients/helm/helm-cli.ts';
import { JournalFolder } from '../clients/journal/journal-folder.ts';
import { DirectRoute } from '../clients/routes/direct.ts';
import { GithubRoute } from '../clients/routes/github.ts';
import { GithubRuns } from '../clients/routes/github/runs.ts';
import { LambdaRoute } from '../clients/routes/lambda.ts';
import type { Route } from '../domain/remediation/route.ts';
import type { RunRegistry } from '../domain/remediation/run-registry.ts';
import type { GitHubSignIn } from '../ui/github-sign-in.ts';
import { currentProtection } from '../ui/protection.ts';
import { setting } from '../ui/settings.ts';
import { createWritePath, type WritePathParts } from './write-path.ts';

export interface RunParts extends Omit<WritePathParts, 'routes' | 'journal' | 'protection' | 'prober'> {
  readonly journalFolder: string;
  readonly sessions: AwsSessions;
  readonly signIn: () => Promise<GitHubSignIn>;
}

/** What routes are made of. */
type RouteParts = Pick<RunParts, 'client' | 'sessions' | 'signIn' | 'clock'>;

/** The write path with every route that there is. */
export function createRuns(parts: RunParts): RunRegistry {
  const journal = new JournalFolder(parts.journalFolder, parts.log);
  const prober = httpProber(parts.clock);
  return createWritePath({ ...parts, journal, prober, routes: routesOf(parts), protection: currentProtection });
}

/** A new route is a file in clients/routes and a line here. */
export function routesOf({ client, sessions, signIn, clock }: RouteParts): readonly Route[] {
  const github = () => ({
    apiUrl: setting('jarvis.github.apiUrl'),
    repository: setting('jarvis.github.repository'),
    ref: setting('jarvis.github.ref'),
    workflows: setting('jarvis.remediation.workflows'),
  });
  const lambda = () => ({
    functions: setting('jarvis.remediation.functions'),
    scopes: effectiveScopes(setting('jarvis.aws.scopes'), process.env),
    github: github(),
  });
  const helm = new HelmCli({ command: () => setting('jarvis.helm.path'), env: process.env });
  const token = async (apiUrl: string) => (await signIn()).token(apiUrl);
  const runs = new GithubRuns({ token, clock });
  return [
    new GithubRoute({ settings: github, runs, clock }),
    new LambdaRoute({ settings: lambda, sessions, runs, clock }),
    new DirectRoute({ client, helm }),
  ];
}
