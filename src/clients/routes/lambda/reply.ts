import * as v from 'valibot';
import { t } from '../../../core/l10n.ts';
import { oneLine } from '../../../core/text.ts';
import { nameOf } from '../../aws/function-arn.ts';
import type { Invoked } from '../../aws/functions.ts';
import type { LambdaRequest, Reply } from './payload.ts';

/** Longer answers are not looked at. Bytes. */
const longestAnswer = 64 * 1024;
/** Of a text that a function gives, so much is shown. Characters. */
const longestText = 500;
const mostLines = 30;

/** What a function answers: version 1. Documented in the README. */
const answerSchema = v.object({
  version: v.literal(1),
  planId: v.string(),
  status: v.picklist(['done', 'accepted', 'failed']),
  message: v.optional(v.string()),
  /** A run of GitHub Actions that it started, by its number, its page, or the workflow's file and the plan's id in its name. */
  run: v.optional(
    v.object({
      repository: v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/)),
      id: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
      url: v.optional(v.pipe(v.string(), v.regex(/\/actions\/runs\/\d{1,15}(?:[/?#]|$)/))),
      workflow: v.optional(v.pipe(v.string(), v.regex(/^[\w. -]+\.ya?ml$/))),
    }),
  ),
});
type Answer = v.InferOutput<typeof answerSchema>;

/** AWS's own form of a function's error. Source: Lambda developer guide, "Understanding errors in Lambda". */
const errorSchema = v.object({ errorType: v.optional(v.string(), ''), errorMessage: v.optional(v.string(), '') });

/** What an invocation that came back means. */
export function replyOf(invoked: Invoked, request: LambdaRequest): Reply {
  const logTail = tailOf(invoked.log);
  if (invoked.failed) return { ...failure(invoked.payload, nameOf(request.arn)), logTail };
  const answer = answerOf(invoked.payload, request);
  return typeof answer === 'string'
    ? { status: 'failed', code: 'lambda.badAnswer', message: answer, inDoubt: true, logTail }
    : { ...said(answer, request), logTail };
}

/** AWS has taken it; what comes of it is seen on the cluster alone. */
export function queued({ arn }: LambdaRequest): Reply {
  return {
    status: 'accepted',
    message: t('AWS has queued {0}; it does not tell what comes of it', nameOf(arn)),
    logTail: [],
  };
}

function said({ status, message, run }: Answer, request: LambdaRequest): Omit<Reply, 'logTail'> {
  const name = nameOf(request.arn);
  const words = message === undefined ? '' : shortened(message);
  if (status === 'failed')
    return {
      status,
      code: 'lambda.failed',
      message: t('{0} could not do it: {1}', name, words || t('it gave no reason')),
    };
  const plain = status === 'done' ? t('{0} has done it', name) : t('{0} has taken it on', name);
  return { status, message: words === '' ? plain : `${plain}: ${words}`, ...(run && { run: runOf(run, request) }) };
}

function runOf({ repository, id, url, workflow = '' }: NonNullable<Answer['run']>, { githubApiUrl }: LambdaRequest) {
  const [owner = '', repo = ''] = repository.split('/');
  const ofUrl = /\/actions\/runs\/(\d+)/.exec(url ?? '')?.[1];
  const runId = id ?? (ofUrl === undefined ? undefined : Number(ofUrl));
  // Whatever page the function names, it is looked for on the server that Jarvis signs in to.
  return { apiUrl: githubApiUrl, owner, repo, workflow, ...(runId !== undefined && { runId }) };
}

/** The answer, or why it is none. */
function answerOf(payload: Uint8Array, { arn, event }: LambdaRequest): Answer | string {
  const name = nameOf(arn);
  if (payload.byteLength > longestAnswer)
    return t('{0} answered with {1} KB, which is no answer to a plan.', name, Math.ceil(payload.byteLength / 1024));
  const text = Buffer.from(payload).toString('utf8');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), answerSchema), text);
  if (!parsed.success)
    return t('{0} answered with what is no answer to a plan: {1} ({2})', name, shortened(text), why(parsed.issues));
  const { planId, run } = parsed.output;
  if (planId !== event.planId) return t('{0} answered for another plan: {1}', name, shortened(planId));
  const found = !run || run.id !== undefined || run.url !== undefined || run.workflow !== undefined;
  return found ? parsed.output : t('{0} does not say which run of {1} it started.', name, run.repository);
}

function why([issue]: readonly v.BaseIssue<unknown>[]): string {
  const path = issue && v.getDotPath(issue);
  return path ?? 'JSON';
}

function failure(payload: Uint8Array, name: string): Omit<Reply, 'logTail'> {
  const text = Buffer.from(payload.subarray(0, longestAnswer)).toString('utf8');
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), errorSchema), text);
  const { errorType, errorMessage } = parsed.success ? parsed.output : { errorType: '', errorMessage: text };
  const seconds = /Task timed out after ([\d.]+) seconds/.exec(errorMessage)?.[1];
  if (errorType === 'Sandbox.Timedout' || seconds !== undefined)
    return {
      status: 'failed',
      code: 'lambda.timedOut',
      message: t(
        '{0} was ended by AWS: its time was over after {1} s. Give it more, or have it start a workflow.',
        name,
        seconds ?? '?',
      ),
      inDoubt: true,
    };
  const what = [errorType, errorMessage].filter((part) => part !== '').join(': ');
  return { status: 'failed', code: 'lambda.functionError', message: t('{0} failed: {1}', name, shortened(what)) };
}

function shortened(text: string): string {
  const line = oneLine(text.trim());
  return line.length > longestText ? `${line.slice(0, longestText)}…` : line;
}

/** Lines as text: a terminal's colours and the like are no matter of ours. */
function tailOf(log: string): string[] {
  const lines = log.split(/\r?\n/).map((line) => shortened(line.replaceAll('\t', '  ')));
  return lines.filter((line) => line !== '').slice(-mostLines);
}
