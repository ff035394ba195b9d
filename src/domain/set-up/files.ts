import { partitionOf } from '../aws/partition.ts';
import type { RemediationId } from '../remediation/plan.ts';
import { type Value, fill } from './fill.ts';
import type { Team } from './team.ts';

/** What the files of each remedy are called: `scale.yml`, the role `jarvis-scale`, the Kubernetes group `jarvis-scale`. */
export const remedyNames = { scaleHpa: 'scale' } as const satisfies Readonly<Partial<Record<RemediationId, string>>>;
export type SetUpRemedy = keyof typeof remedyNames;

/** A file that the team gets. */
export interface SetUpFile {
  /** In the team's repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Reads a template by its path below `media/set-up`. */
export type ReadTemplate = (template: string) => Promise<string>;

/** The workflow of a remedy. */
export function workflowOf(remedy: SetUpRemedy, team: Team, read: ReadTemplate): Promise<SetUpFile> {
  const name = remedyNames[remedy];
  return make(`workflows/${name}.yml`, `.github/workflows/${name}.yml`, valuesOf(remedy, team), read);
}

async function make(
  template: string,
  path: string,
  values: Readonly<Record<string, Value>>,
  read: ReadTemplate,
): Promise<SetUpFile> {
  return { path, text: fill(await read(template), path, values) };
}

function valuesOf(remedy: SetUpRemedy, { region, account, environment }: Team): Readonly<Record<string, Value>> {
  return {
    REGION: region,
    ENVIRONMENT: environment,
    ROLE: `arn:${partitionOf(region)}:iam::${account}:role/jarvis-${remedyNames[remedy]}`,
  };
}
