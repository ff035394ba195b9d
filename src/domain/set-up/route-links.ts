import { type Remedy, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Route, RouteProblem } from '../remediation/route.ts';
import { environmentLinks } from './environment-links.ts';
import type { SetUpRemedy } from './files.ts';
import type { Link } from './link.ts';
import { type NameOf, intentOf } from './intent.ts';

interface Problem extends RouteProblem {
  readonly remedies: readonly Remedy[];
}

/** A route, as far as it can be tested. */
export type CheckedRoute = Pick<Route, 'id' | 'prepare' | 'check' | 'gates'>;

/**
 * The links of the way through GitHub: the sign-in, the repository, the workflow of each remedy on the ref with its
 * inputs, and their environments. Nothing is dispatched.
 * @param token rejects where nobody is signed in: without a repository GitHub itself is not asked
 * @throws CancelledError
 */
export async function githubLinks(
  route: CheckedRoute,
  remedies: readonly SetUpRemedy[],
  { nameOf, token }: { readonly nameOf: NameOf; readonly token: () => Promise<unknown> },
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const found = await Promise.all(remedies.map((remedy) => problemsOf(route, remedy, signal)));
  const first = (stage: Stage) => found.flat().find((problem) => stageOf(problem) === stage);
  const [signIn, repository] = [first('signIn'), first('repository')];
  const readable = remedies.filter((_, index) => !found[index]?.some(({ code }) => unreadable.has(code)));
  return [
    found.every(isUnset) ? await keptSignIn(token) : link(signInTitle(), t('GitHub takes it.'), signIn ? [signIn] : []),
    signIn
      ? untested(t('Repository'))
      : link(t('Repository'), t('You may dispatch its workflows.'), repository ? [repository] : []),
    ...remedies.map((remedy, index) => {
      const title = t('Workflow of {0}', nameOf(remedy));
      const order = t('It is on the ref, it is active, and it takes what a plan sends.');
      return (signIn ?? repository) ? untested(title) : link(title, order, found[index] ?? []);
    }),
    ...((signIn ?? repository) ? [] : await environmentLinks(route, readable, nameOf, signal)),
  ];
}

const signInTitle = () => t('Sign-in to GitHub');
const isUnset = (problems: readonly Problem[]) => problems.some(({ code }) => code === 'github.notConfigured');
const unreadable = new Set<string>(['github.notConfigured', 'github.workflowMissing', 'github.workflowBroken']);

/** All that can be told where there is nothing to ask GitHub about. */
async function keptSignIn(token: () => Promise<unknown>): Promise<Link> {
  try {
    await token();
    const detail = t('There is one; whether GitHub takes it is seen when a repository is set.');
    return { title: signInTitle(), state: 'untested', detail, remedies: [] };
  } catch (error) {
    if (isCancelled(error)) throw error;
    return link(signInTitle(), '', [problemOf(error)]);
  }
}

/** The function of each remedy, found without an invocation. @throws CancelledError */
export function lambdaLinks(
  route: CheckedRoute,
  remedies: readonly SetUpRemedy[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  return Promise.all(
    remedies.map(async (remedy) => {
      const found = await problemsOf(route, remedy, signal);
      // what it answers cannot be asked without an invocation, and a stranger's function would act on one
      const order = t('It is there and may be invoked; whether it knows plans is seen when one runs.');
      return link(t('Function of {0}', nameOf(remedy)), order, found);
    }),
  );
}

/** What the route says of a request that nobody sends. */
async function problemsOf(route: CheckedRoute, remedy: SetUpRemedy, signal: AbortSignal): Promise<readonly Problem[]> {
  try {
    const request = await route.prepare(intentOf(remedy), signal);
    return (await route.check(request, signal)).map((problem) => ({ ...asTold(problem), remedies: fixOf(problem) }));
  } catch (error) {
    if (isCancelled(error)) throw error;
    return [problemOf(error)];
  }
}

function problemOf(error: unknown): Problem {
  const { code, message, remedies } = toJarvisError(error);
  const problem = { code, message, severity: 'blocks' } as const;
  return { ...problem, remedies: remedies.length > 0 ? remedies : fixOf(problem) };
}

/** Whether a choice of the team's own has the values of a plan shows when there is one. */
function asTold(problem: RouteProblem): RouteProblem {
  if (problem.code === 'lambda.missing') return { ...problem, message: `${problem.message} ${howItIsMade()}` };
  return problem.code === 'github.inputType' ? { ...problem, severity: 'warns' } : problem;
}

const howItIsMade = () =>
  t('Set Up Remediation writes it, and Terraform makes it by {0}.', 'deploy/jarvis/terraform/functions.tf');

const repositorySetting = { kind: 'openSetting', setting: 'jarvis.github.repository' } as const;
const functionsSetting = { kind: 'openSetting', setting: 'jarvis.remediation.functions' } as const;

function fixOf({ code }: RouteProblem): readonly Remedy[] {
  if (code === 'github.repositoryMissing' || code === 'github.notFound')
    return [repositorySetting, { kind: 'signInGitHub' }];
  if (code === 'github.forbidden') return [{ kind: 'signInGitHub' }, repositorySetting];
  if (code === 'github.workflowDisabled') return [{ kind: 'retry' }];
  if (code === 'lambda.missing') return [{ kind: 'setUp' }, functionsSetting];
  if (code.startsWith('lambda.')) return [functionsSetting];
  return [{ kind: 'setUp' }, { kind: 'openSetting', setting: 'jarvis.remediation.workflows' }];
}

type Stage = 'signIn' | 'repository' | 'workflow';
const ofSignIn = new Set([
  'settings.badUrl',
  'github.unauthorized',
  'github.offline',
  'github.rateLimited',
  'github.serverError',
]);
const ofRepository = new Set(['github.repositoryMissing', 'github.forbidden', 'github.notFound']);

function stageOf({ code, remedies }: Problem): Stage {
  if (ofSignIn.has(code)) return 'signIn';
  const unset = remedies.some(
    (remedy) => remedy.kind === 'openSetting' && remedy.setting === repositorySetting.setting,
  );
  return unset || ofRepository.has(code) ? 'repository' : 'workflow';
}

/** @param order what is said where nothing is wrong */
function link(title: string, order: string, problems: readonly Problem[]): Link {
  const worst = problems.find(({ severity }) => severity === 'blocks') ?? problems[0];
  if (!worst) return { title, state: 'ok', detail: order, remedies: [] };
  const detail = problems.map(({ message }) => message).join(' ');
  return { title, state: worst.severity === 'blocks' ? 'missing' : 'warning', detail, remedies: worst.remedies };
}

function untested(title: string): Link {
  return { title, state: 'untested', detail: t('Not tested: what it hangs on is missing.'), remedies: [] };
}
