import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProblem } from '../../../domain/remediation/route.ts';
import type { GithubClient } from '../../github/client.ts';
import type { RepositoryAccess } from '../../github/model.ts';
import type { DeclaredInput, WorkflowDeclaration } from '../../github/workflow-file.ts';
import type { GithubRequest } from './payload.ts';

/** What a person must see to before GitHub can answer at all: thrown, not listed. */
const fatal = new Set(['github.unauthorized', 'github.rateLimited', 'github.offline', 'github.serverError']);

/** Everything that would keep a dispatch from working, found by reading only. */
export async function checkRequest(client: GithubClient, request: GithubRequest, signal: AbortSignal) {
  const repository = `${request.owner}/${request.repo}`;
  const access = await attempt(client.access(signal));
  if (access instanceof JarvisError) {
    const missing = t('GitHub has no repository {0}, or hides it from you.', repository);
    return [lacking(access, 'github.repositoryMissing', missing)];
  }
  const [state, file] = await Promise.all([checkState(client, request, signal), checkFile(client, request, signal)]);
  // A workflow that may not be seen is one problem, though both look-ups find it.
  const isSeen = state.every(({ code }) => code === 'github.workflowDisabled');
  return [...rights(access, repository), ...state, ...(isSeen ? file : [])];
}

function rights({ canWrite }: RepositoryAccess, repository: string): RouteProblem[] {
  if (canWrite) return [];
  return [blocks('github.forbidden', t('You may read {0} but not dispatch its workflows.', repository))];
}

async function checkState(client: GithubClient, { workflow, owner, repo }: GithubRequest, signal: AbortSignal) {
  const found = await attempt(client.workflow(workflow, signal));
  if (found instanceof JarvisError)
    return [lacking(found, 'github.workflowMissing', t('{0}/{1} has no workflow {2}.', owner, repo, workflow))];
  if (found.state === 'active') return [];
  return [blocks('github.workflowDisabled', t('The workflow {0} is disabled on GitHub.', workflow))];
}

async function checkFile(client: GithubClient, request: GithubRequest, signal: AbortSignal) {
  const { workflow, ref } = request;
  const text = await attempt(client.file(`.github/workflows/${workflow}`, ref, signal));
  if (text instanceof JarvisError)
    return [lacking(text, 'github.workflowMissing', t('The workflow {0} is not there at {1}.', workflow, ref))];
  try {
    // The YAML parser loads with the first check.
    const { readWorkflow } = await import('../../github/workflow-file.ts');
    return checkDeclaration(readWorkflow(text), request);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [blocks('github.workflowBroken', t('The workflow {0} cannot be read: {1}', workflow, reason))];
  }
}

/**
 * Whether the workflow takes an input that it may do without. Where it cannot be read it does not: {@link checkRequest}
 * tells why.
 */
export async function takes(
  client: GithubClient,
  { workflow, ref }: Pick<GithubRequest, 'workflow' | 'ref'>,
  input: string,
  signal: AbortSignal,
): Promise<boolean> {
  const text = await attempt(client.file(`.github/workflows/${workflow}`, ref, signal));
  if (text instanceof JarvisError) return false;
  const { readWorkflow } = await import('../../github/workflow-file.ts');
  try {
    return readWorkflow(text).inputs?.has(input) === true;
  } catch {
    return false;
  }
}

function checkDeclaration({ inputs, runName }: WorkflowDeclaration, request: GithubRequest): RouteProblem[] {
  const { workflow } = request;
  if (!inputs)
    return [blocks('github.notDispatchable', t('The workflow {0} has no workflow_dispatch trigger.', workflow))];
  const sent = Object.entries(request.inputs).flatMap(([name, value]) => checkInput(inputs.get(name), name, value));
  const missing = [...inputs].filter(([name, input]) => needed(input) && !Object.hasOwn(request.inputs, name));
  return [
    ...sent,
    ...missing.map(([name]) =>
      blocks('github.inputUnknown', t('The workflow asks for an input {0} that Jarvis does not have.', name)),
    ),
    ...(runName?.includes('inputs.plan_id') === true ? [] : [unnamedRuns(workflow)]),
  ];
}

function checkInput(declared: DeclaredInput | undefined, name: string, value: string): readonly RouteProblem[] {
  if (!declared) return [blocks('github.inputMissing', t('The workflow does not declare the input {0}.', name))];
  const { type, options } = declared;
  const fits =
    (type !== 'number' || (value.trim() !== '' && Number.isFinite(Number(value)))) &&
    (type !== 'boolean' || value === 'true' || value === 'false') &&
    (type !== 'choice' || options.includes(value));
  const text = t('The workflow takes the input {0} as {1}, which "{2}" is not.', name, describe(declared), value);
  return fits ? [] : [blocks('github.inputType', text)];
}

function describe({ type, options }: DeclaredInput): string {
  return type === 'choice' ? options.join(' | ') : type;
}

const needed = ({ required, hasDefault }: DeclaredInput) => required && !hasDefault;

/** Servers that do not name the run they started leave only its title to find it by, and so does a lost answer. */
function unnamedRuns(workflow: string): RouteProblem {
  const message = t(
    'The run-name of {0} does not hold inputs.plan_id: a run whose start was not confirmed cannot be found.',
    workflow,
  );
  return { code: 'github.runNameLacksPlan', message, severity: 'warns' };
}

/** The value, or what GitHub says of this one thing. */
async function attempt<T>(promise: Promise<T>): Promise<T | JarvisError> {
  try {
    return await promise;
  } catch (error) {
    if (error instanceof JarvisError && !fatal.has(error.code)) return error;
    throw error;
  }
}

/** What is not there is said in our words; whatever else GitHub says of it (that it is forbidden …), in its own. */
function lacking({ code, message }: JarvisError, missing: RouteProblem['code'], words: string): RouteProblem {
  return code === 'github.notFound' ? blocks(missing, words) : blocks(code, message);
}

function blocks(code: RouteProblem['code'], message: string): RouteProblem {
  return { code, message, severity: 'blocks' };
}
