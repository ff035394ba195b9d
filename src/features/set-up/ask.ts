import { t } from '../../core/l10n.ts';
import { eksOf } from '../../domain/set-up/eks.ts';
import { type SetUp, type SetUpRemedy, remedyNames, setUpParts } from '../../domain/set-up/files.ts';
import { type Team, listed, teamChecks } from '../../domain/set-up/team.ts';
import type { Services } from '../../services.ts';
import type { Memory } from '../../ui/memory.ts';
import { ask, pickMany } from '../../ui/prompts.ts';
import { setting } from '../../ui/settings.ts';
import { allContexts } from '../objects/choose-cluster.ts';
import { partName, remedyName } from './words.ts';

/** Every remedy that there are files for. */
export const allRemedies = Object.keys(remedyNames) as SetUpRemedy[];

type Answers = { readonly [K in keyof Team]: string };

/** What is wanted, and for whom. The last answers in this workspace are offered again. @throws CancelledError */
export async function askSetUp(services: Services): Promise<SetUp> {
  const picked = true;
  const parts = await pickMany(
    setUpParts.map((value) => ({ label: partName(value), value, picked })),
    { title: t('Set up what?') },
  );
  const remedies = await pickMany(
    allRemedies.map((value) => ({ label: remedyName(value), value, picked })),
    { title: t('For which remedies?') },
  );
  const team = await askTeam(services);
  return { team, remedies, parts };
}

/** The namespaces that were answered last; undefined where nobody was asked yet. */
export function rememberedNamespaces({ context }: Pick<Services, 'context'>): readonly string[] | undefined {
  const { namespaces } = remembered(context.workspaceState);
  return namespaces === undefined || teamChecks.namespaces(namespaces) !== undefined ? undefined : listed(namespaces);
}

async function askTeam(services: Services): Promise<Team> {
  const memory: Memory = services.context.workspaceState;
  const offered: Partial<Answers> = { ...(await known(services)), ...remembered(memory) };
  const answers: Answers = {
    cluster: await askOne('cluster', 1, t('The name of the EKS cluster'), offered),
    region: await askOne('region', 2, t('The region of the cluster and its alarms'), offered),
    account: await askOne('account', 3, t('The AWS account of the cluster'), offered),
    namespaces: await askOne(
      'namespaces',
      4,
      t('The namespaces in which remedies may act, with commas between'),
      offered,
    ),
    repository: await askOne('repository', 5, t('The GitHub repository that the workflows will be in'), offered),
    environment: await askOne(
      'environment',
      6,
      t('The GitHub environment whose reviewers approve the runs; it is made there'),
      { environment: 'production', ...offered },
    ),
  };
  await memory.update('jarvis.setUp', answers);
  return { ...answers, namespaces: listed(answers.namespaces) };
}

function askOne(field: keyof Team, step: number, prompt: string, offered: Partial<Answers>): Promise<string> {
  const title = t('Set Up Remediation ({0} of {1})', step, 6);
  return ask({ title, prompt, value: offered[field] ?? '', validateInput: teamChecks[field] });
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
  const kept = memory.get('jarvis.setUp');
  if (typeof kept !== 'object' || kept === null) return {};
  const fields = Object.keys(teamChecks) as (keyof Team)[];
  const texts = fields.flatMap((field) => {
    const value: unknown = Reflect.get(kept, field);
    return typeof value === 'string' ? [[field, value] as const] : [];
  });
  return Object.fromEntries(texts);
}
