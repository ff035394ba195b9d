import { partitionOf } from '../aws/partition.ts';
import type { RemediationId } from '../remediation/remediation-id.ts';
import type { RouteId } from '../remediation/route.ts';
import { type Value, fill } from './fill.ts';
import type { Team } from './team.ts';

/** What the files of each remedy are called: `scale.yml`, the role `jarvis-scale`, the Kubernetes group `jarvis-scale`. */
export const remedyNames = {
  scaleHpa: 'scale',
  restart: 'restart',
  rollback: 'rollback',
  switchWaf: 'update-waf',
} as const satisfies Readonly<Record<RemediationId, string>>;
export type SetUpRemedy = keyof typeof remedyNames;

/** What a team can have of it. */
export const setUpParts = ['workflows', 'functions', 'kubernetes', 'terraform'] as const;
export type SetUpPart = (typeof setUpParts)[number];

/** The parts that a team needs to act by a route; a route that is not here cannot be set up by files. */
export const partsOfRoute = {
  github: ['workflows', 'kubernetes', 'terraform'],
  // a function may start its workflow: that of a rollback has to
  lambda: ['workflows', 'functions', 'kubernetes', 'terraform'],
  direct: ['kubernetes'],
} as const satisfies Readonly<Partial<Record<RouteId, readonly SetUpPart[]>>>;
export type SetUpRoute = keyof typeof partsOfRoute;

/** Each part of these routes once, in the order in which its files are looked at. */
export function partsOf(routes: readonly SetUpRoute[]): readonly SetUpPart[] {
  const wanted = new Set<SetUpPart>(routes.flatMap((route) => partsOfRoute[route]));
  return setUpParts.filter((part) => wanted.has(part));
}

/** What has to be known of the team before a part can be written, in the order in which it is asked. */
export function fieldsOf(parts: readonly SetUpPart[]): readonly (keyof Team)[] {
  const needed = new Set<keyof Team>(parts.flatMap((part) => fieldsOfPart[part]));
  return teamFields.filter((field) => needed.has(field));
}

const teamFields = ['cluster', 'region', 'account', 'namespaces', 'repository', 'environment'] as const;
const fieldsOfPart: Readonly<Record<SetUpPart, readonly (keyof Team)[]>> = {
  workflows: ['region', 'account', 'repository', 'environment'],
  functions: [],
  kubernetes: ['namespaces'],
  terraform: teamFields,
};

/** What is wanted. */
export interface SetUp {
  readonly team: Team;
  readonly remedies: readonly SetUpRemedy[];
  readonly parts: readonly SetUpPart[];
}

/** A file that the team gets. */
export interface SetUpFile {
  /** In the team's repository, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Reads a template by its path below `media/set-up`. */
export type ReadTemplate = (template: string) => Promise<string>;

/** Every file that is wanted, in the order in which they are looked at. */
export function setUpFiles({ team, remedies, parts }: SetUp, read: ReadTemplate): Promise<readonly SetUpFile[]> {
  const wanted = [...parts.flatMap((part) => templatesOf[part](team, remedies)), ...(parts.length > 0 ? [readme] : [])];
  return Promise.all(
    wanted.map(async ({ template, path, values }) => ({ path, text: fill(await read(template), path, values) })),
  );
}

interface Filled {
  readonly template: string;
  readonly path: string;
  readonly values: Readonly<Record<string, Value>>;
}

const templatesOf: Readonly<Record<SetUpPart, (team: Team, remedies: readonly SetUpRemedy[]) => readonly Filled[]>> = {
  workflows: (team, remedies) => remedies.map((remedy) => workflow(team, remedyNames[remedy])),
  functions: (team, remedies) => [
    ...remedies.flatMap((remedy) => handler(remedyNames[remedy])),
    ...shared.map(functionFile),
    terraformFile('functions', team, remedies),
  ],
  kubernetes: ({ namespaces }, remedies) =>
    namespaces.flatMap((namespace) => remedies.map((remedy) => role(namespace, remedyNames[remedy]))),
  terraform: (team, remedies) => terraform.map((file) => terraformFile(file, team, remedies)),
};

const readme: Filled = { template: 'README.md', path: 'deploy/jarvis/README.md', values: {} };

/** What the handlers have in common, with its tests. */
const shared = [
  ...['aws', 'cluster', 'eks', 'remedy', 'workflow'].map((name) => `shared/${name}`),
  ...['aws', 'eks', 'remedy'].map((name) => `test/${name}`),
];

const terraform = ['variables', 'main', 'github', 'alarms', 'push', 'chat', 'outputs'];

function workflow({ region, account, environment }: Team, name: string): Filled {
  const role = `arn:${partitionOf(region)}:iam::${account}:role/jarvis-${name}`;
  const values = { REGION: region, ENVIRONMENT: environment, ROLE: role };
  return { template: `workflows/${name}.yml`, path: `.github/workflows/${name}.yml`, values };
}

function handler(name: string): readonly Filled[] {
  return [`${name}/index`, `test/${name}`].map(functionFile);
}

function functionFile(name: string): Filled {
  const file = `functions/${name}${name.startsWith('test/') ? '.test' : ''}.mjs`;
  return { template: file, path: `deploy/jarvis/${file}`, values: {} };
}

function role(namespace: string, name: string): Filled {
  const path = `deploy/jarvis/kubernetes/${namespace}/${name}.yaml`;
  return { template: `kubernetes/${name}.yaml`, path, values: { NAMESPACE: namespace } };
}

function terraformFile(file: string, team: Team, remedies: readonly SetUpRemedy[]): Filled {
  const values = {
    REGION: team.region,
    ACCOUNT: team.account,
    CLUSTER: team.cluster,
    NAMESPACES: team.namespaces,
    REMEDIES: remedies.map((remedy) => remedyNames[remedy]),
    REPOSITORY: team.repository,
    ENVIRONMENT: team.environment,
  };
  return { template: `terraform/${file}.tf`, path: `deploy/jarvis/terraform/${file}.tf`, values };
}
