import { type SetUp, type SetUpRoute, remedyNames } from './files.ts';

/** The settings of Jarvis that tell where a team's files, and what they have made, are. */
export interface TeamSettings {
  readonly 'jarvis.github.repository': string;
  readonly 'jarvis.remediation.route': string;
  /** By remediation: its file. */
  readonly 'jarvis.remediation.workflows': Readonly<Record<string, unknown>>;
  /** By remediation: its function, by name or with more. */
  readonly 'jarvis.remediation.functions': Readonly<Record<string, unknown>>;
}

/** A setting that is not yet as the team's files need it. */
export interface WantedSetting {
  readonly id: keyof TeamSettings;
  readonly value: string | Readonly<Record<string, unknown>>;
}

/** What has to be set before a first plan finds what was written; what is in order is left out. */
export function settingsFor(
  { team, remedies }: Pick<SetUp, 'team' | 'remedies'>,
  routes: readonly SetUpRoute[],
  now: TeamSettings,
): readonly WantedSetting[] {
  const [route] = routes;
  const wanted: WantedSetting[] = [];
  if (route && !routes.some((each) => each === now['jarvis.remediation.route']))
    wanted.push({ id: 'jarvis.remediation.route', value: route });
  const named = (name: (of: string) => string) =>
    Object.fromEntries(remedies.map((remedy) => [remedy, name(remedyNames[remedy])]));
  if (routes.some((each) => each !== 'direct')) {
    if (now['jarvis.github.repository'] !== team.repository)
      wanted.push({ id: 'jarvis.github.repository', value: team.repository });
    const files = named((name) => `${name}.yml`);
    wanted.push(...entries('jarvis.remediation.workflows', files, now));
  }
  if (routes.includes('lambda')) {
    const functions = named((name) => `jarvis-${name}`);
    wanted.push(...entries('jarvis.remediation.functions', functions, now));
  }
  return wanted;
}

/** What a setting says besides is kept. */
function entries(
  id: 'jarvis.remediation.workflows' | 'jarvis.remediation.functions',
  wanted: Readonly<Record<string, string>>,
  now: TeamSettings,
): readonly WantedSetting[] {
  const there = now[id];
  const lacks = Object.entries(wanted).some(([key, value]) => nameIn(there[key]) !== value);
  return lacks ? [{ id, value: { ...there, ...wanted } }] : [];
}

/** A function may be set with its mode and scope: `{"function": "jarvis-scale", "mode": "async"}`. */
function nameIn(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'function' in entry ? entry.function : entry;
}
