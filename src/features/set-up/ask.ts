import { CancelledError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { eksOf } from '../../domain/set-up/eks.ts';
import {
  type SetUp,
  type SetUpRemedy,
  type SetUpRoute,
  fieldsOf,
  partsOf,
  partsOfRoute,
  remedyNames,
} from '../../domain/set-up/files.ts';
import { type Team, listed, teamChecks } from '../../domain/set-up/team.ts';
import type { Services } from '../../services.ts';
import type { Memory } from '../../ui/memory.ts';
import { type Choice, ask, pickMany } from '../../ui/prompts.ts';
import { setting } from '../../ui/settings.ts';
import { allContexts } from '../objects/choose-cluster.ts';
import { questionOf, remedyName, routeWords } from './words.ts';

/** Every remedy that there are files for. */
export const allRemedies = Object.keys(remedyNames) as SetUpRemedy[];

/** Every route that there are files for. */
const setUpRoutes = Object.keys(partsOfRoute) as SetUpRoute[];

type Answers = { readonly [K in keyof Team]: string };

/** What is wanted, and by which routes. */
export interface Wanted extends SetUp {
  readonly routes: readonly SetUpRoute[];
}

/** What is wanted, and for whom: no more is asked than the files say. @throws CancelledError */
export async function askSetUp(services: Services): Promise<Wanted> {
  const memory: Memory = services.context.workspaceState;
  const before = { routes: [services.defaultRoute()], remedies: allRemedies, ...rememberedChoices(memory) };
  const routes = await some(
    setUpRoutes.map((value) => {
      const [label, detail] = routeWords(value);
      return { label, detail, value, picked: before.routes.includes(value) };
    }),
    t('By which routes will the team act?'),
  );
  const remedies = await some(
    allRemedies.map((value) => ({ label: remedyName(value), value, picked: before.remedies.includes(value) })),
    t('For which remedies?'),
  );
  const parts = partsOf(routes);
  const answers = await askTeam(services, fieldsOf(parts));
  await memory.update('jarvis.setUp', { ...remembered(memory), ...answers, routes, remedies });
  const { namespaces = '', ...others } = answers;
  return { team: { ...nobody, ...others, namespaces: listed(namespaces) }, remedies, parts, routes };
}

/** What no file says was not asked. */
const nobody = { region: '', account: '', cluster: '', repository: '', environment: '' };

/** To choose nothing is to cancel. @throws CancelledError */
async function some<T>(choices: readonly Choice<T>[], title: string): Promise<readonly T[]> {
  const chosen = await pickMany(choices, { title });
  if (chosen.length === 0) throw new CancelledError();
  return chosen;
}

/** The namespaces that were answered last; undefined where nobody was asked yet. */
export function rememberedNamespaces({ context }: Pick<Services, 'context'>): readonly string[] | undefined {
  const { namespaces } = remembered(context.workspaceState);
  return namespaces === undefined || teamChecks.namespaces(namespaces) !== undefined ? undefined : listed(namespaces);
}

/** The last answers in this workspace are offered again. */
async function askTeam(services: Services, fields: readonly (keyof Team)[]): Promise<Partial<Answers>> {
  const before = remembered(services.context.workspaceState);
  const offered = { environment: 'production', ...(await known(services)), ...before };
  const answered: Partial<Record<keyof Team, string>> = {};
  for (const [index, field] of fields.entries()) {
    const title = t('Set Up Remediation ({0} of {1})', index + 1, fields.length);
    const value = offered[field] ?? '';
    answered[field] = await ask({ title, prompt: questionOf(field), value, validateInput: teamChecks[field] });
  }
  return answered;
}

/** What Jarvis knows already: only ever a default to offer. */
async function known({ clusters, alarms, log }: Services): Promise<Partial<Answers>> {
  const contexts = await allContexts(clusters).catch((error: unknown) => {
    log.debug(`No cluster to offer: ${String(error)}`);
    return [];
  });
  const current = contexts.find(({ context }) => context === clusters.currentContext) ?? contexts[0];
  const identity = alarms.scopes.find((scope) => scope.identity)?.identity;
  return {
    ...(identity && { region: identity.region, account: identity.account }),
    ...(current && eksOf(current.cluster)),
    repository: setting('jarvis.github.repository'),
  };
}

function remembered(memory: Memory): Partial<Answers> {
  const fields = Object.keys(teamChecks) as (keyof Team)[];
  return Object.fromEntries(keptOf(memory, fields, (value) => typeof value === 'string'));
}

function rememberedChoices(memory: Memory): {
  readonly routes?: readonly unknown[];
  readonly remedies?: readonly unknown[];
} {
  return Object.fromEntries(keptOf(memory, ['routes', 'remedies'], Array.isArray));
}

/** What is kept by these names, as far as it is what it should be. */
function keptOf<T>(
  memory: Memory,
  names: readonly string[],
  is: (value: unknown) => value is T,
): readonly [string, T][] {
  const kept = memory.get('jarvis.setUp');
  if (typeof kept !== 'object' || kept === null) return [];
  return names.flatMap((name): [string, T][] => {
    const value: unknown = Reflect.get(kept, name);
    return is(value) ? [[name, value]] : [];
  });
}
