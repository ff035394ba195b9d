import { AwsSessions } from '../../../src/clients/aws/sessions.ts';
import { GithubRuns } from '../../../src/clients/routes/github/runs.ts';
import { LambdaRoute } from '../../../src/clients/routes/lambda.ts';
import { type Clock, systemClock } from '../../../src/core/clock.ts';
import type { LabDescription } from '../../lab/description.ts';
import { teamWorkflows } from '../../lab/team.ts';

/** The sign-in to a lab's AWS. */
export function labSessions({ aws }: Pick<LabDescription, 'aws'>): AwsSessions {
  if (!aws) throw new Error('the lab has no AWS');
  const { configFile, credentialsFile, profile } = aws;
  const env = { AWS_CONFIG_FILE: configFile, AWS_SHARED_CREDENTIALS_FILE: credentialsFile, AWS_PROFILE: profile };
  return new AwsSessions({ env, clock: systemClock });
}

/** The Lambda route to a lab's functions, as the product makes it. @param region AWS's by default, at the moment */
export function lambdaRoute(
  { aws, github }: Pick<LabDescription, 'aws' | 'github'>,
  sessions: AwsSessions,
  functions: Readonly<Record<string, unknown>>,
  clock: Clock,
  region: () => string,
): LambdaRoute {
  if (!aws || !github) throw new Error('the lab has no AWS or no GitHub');
  const { apiUrl, repository, token } = github;
  const team = { functions, github: { apiUrl, repository, workflows: teamWorkflows } };
  const settings = () => ({ ...team, scopes: [{ label: 'Lab', profile: aws.profile, region: region() }] });
  const runs = new GithubRuns({ token: () => Promise.resolve(token), clock });
  return new LambdaRoute({ settings, sessions, runs, clock });
}
