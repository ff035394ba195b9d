import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProblem } from '../../../domain/remediation/route.ts';
import { addressOf } from '../../aws/function-arn.ts';
import type { FunctionInfo, LambdaFunctions } from '../../aws/functions.ts';
import type { LambdaRequest } from './payload.ts';

/** Everything that would keep an invocation from working, found without one. */
export async function checkRequest(
  functions: LambdaFunctions,
  request: LambdaRequest,
  signal: AbortSignal,
): Promise<readonly RouteProblem[]> {
  const elsewhere = checkPlace(request);
  if (elsewhere.length > 0) return elsewhere;
  const [info, refusal] = await Promise.all([
    functions.describe(request.arn, signal).catch(ifTold),
    functions.tryInvoke(request.arn, signal).catch(ifTold),
  ]);
  const blocked = refusal ? [problem(refusal, 'blocks')] : [];
  if (!(info instanceof JarvisError)) return [...blocked, ...checkState(info, request)];
  // One missing function is one problem, though both look-ups find it.
  return info.code === refusal?.code ? blocked : [...blocked, problem(info, 'warns')];
}

/** A function of another account or region than the scope's is not one that these credentials were chosen for. */
function checkPlace({ arn, account, scope }: LambdaRequest): RouteProblem[] {
  const there = addressOf(arn, { region: scope.region, account });
  if (!there) return [];
  const places: readonly (readonly [RouteProblem['code'], string, string])[] = [
    ['lambda.wrongAccount', there.account, account],
    ['lambda.wrongRegion', there.region, scope.region],
  ];
  return places
    .filter(([, is, wanted]) => is !== wanted)
    .map(([code, is, wanted]) => {
      const message = t('The function {0} is in {1}, and {2} leads to {3}.', there.name, is, scope.label, wanted);
      return { code, message, severity: 'blocks' };
    });
}

function checkState({ state, stateReason }: FunctionInfo, { arn }: LambdaRequest): RouteProblem[] {
  if (state === 'Active') return [];
  const message = t('The function {0} is not ready, but {1}. {2}', arn, state, stateReason).trim();
  return [{ code: 'lambda.notActive', message, severity: 'blocks' }];
}

/** What Lambda says of this one function; anything else keeps a plan from being made at all. */
function ifTold(error: unknown): JarvisError {
  if (error instanceof JarvisError && ['lambda.missing', 'lambda.forbidden'].includes(error.code)) return error;
  throw error;
}

function problem({ code, message }: JarvisError, severity: RouteProblem['severity']): RouteProblem {
  return { code, message, severity };
}
