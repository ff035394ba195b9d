import { type Remedy, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../kubernetes/model.ts';
import type { Route, RouteProblem } from '../remediation/route.ts';
import type { SetUpRemedy } from './files.ts';
import type { Link } from './link.ts';
import { needsOf } from './needs.ts';

interface Problem extends RouteProblem {
  readonly remedies: readonly Remedy[];
}

/** A route, as far as it can be tested. */
export type CheckedRoute = Pick<Route, 'id' | 'prepare' | 'check'>;

/** What a remedy is called where a person reads it. */
export type NameOf = (remedy: SetUpRemedy) => string;

/**
 * The links of the way through GitHub: the sign-in, the repository, and the workflow of each remedy on the ref with its
 * inputs. Nothing is dispatched. @throws CancelledError
 */
export async function githubLinks(
  route: CheckedRoute,
  remedies: readonly SetUpRemedy[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const found = await Promise.all(remedies.map((remedy) => problemsOf(route, remedy, signal)));
  const first = (stage: Stage) => found.flat().find((problem) => stageOf(problem) === stage);
  const [signIn, repository] = [first('signIn'), first('repository')];
  return [
    link(t('Sign-in to GitHub'), signIn ? [signIn] : []),
    signIn ? untested(t('Repository')) : link(t('Repository'), repository ? [repository] : []),
    ...remedies.map((remedy, index) => {
      const title = t('Workflow of {0}', nameOf(remedy));
      return (signIn ?? repository) ? untested(title) : link(title, found[index] ?? []);
    }),
  ];
}

/** The function of each remedy, found without an invocation. @throws CancelledError */
export function lambdaLinks(
  route: CheckedRoute,
  remedies: readonly SetUpRemedy[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  return Promise.all(
    remedies.map(async (remedy) => link(t('Function of {0}', nameOf(remedy)), await problemsOf(route, remedy, signal))),
  );
}

/** What the route says of a request that nobody sends. */
async function problemsOf(route: CheckedRoute, remedy: SetUpRemedy, signal: AbortSignal): Promise<readonly Problem[]> {
  try {
    const request = await route.prepare(intentOf(remedy), signal);
    return (await route.check(request, signal)).map((problem) => ({ ...asTold(problem), remedies: fixOf(problem) }));
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { code, message, remedies } = toJarvisError(error);
    const problem = { code, message, severity: 'blocks' } as const;
    return [{ ...problem, remedies: remedies.length > 0 ? remedies : fixOf(problem) }];
  }
}

/** Whether a choice of the team's own has the values of a plan shows when there is one. */
function asTold(problem: RouteProblem): RouteProblem {
  if (problem.code === 'lambda.missing') return { ...problem, message: `${problem.message} ${howItIsMade()}` };
  return problem.code === 'github.inputType' ? { ...problem, severity: 'warns' } : problem;
}

function intentOf(remediation: SetUpRemedy) {
  const cluster: ClusterRef = { context: '', cluster: '', server: '' };
  const target = { cluster, kind: 'Deployment', namespace: '', name: '', uid: '', resourceVersion: '' } as const;
  const { values } = needsOf[remediation];
  return { planId: 'jv-check', remediation, target, values, operation: { kind: 'patch', patch: [] } } as const;
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

function link(title: string, problems: readonly Problem[]): Link {
  const worst = problems.find(({ severity }) => severity === 'blocks') ?? problems[0];
  if (!worst) return { title, state: 'ok', detail: '', remedies: [] };
  const detail = problems.map(({ message }) => message).join(' ');
  return { title, state: worst.severity === 'blocks' ? 'missing' : 'warning', detail, remedies: worst.remedies };
}

function untested(title: string): Link {
  return { title, state: 'untested', detail: t('Not tested: what it hangs on is missing.'), remedies: [] };
}
