import { type ErrorCode, JarvisError, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { factsOf } from './error-facts.ts';
import { nameOf } from './function-arn.ts';

/**
 * What Lambda says where it says more than every service of AWS does; everything else passes unchanged.
 * Source: Lambda API reference, Invoke and GetFunctionConfiguration, "Errors".
 */
export function toFunctionError(error: unknown, arn: string, operation: string): unknown {
  if (!(error instanceof JarvisError)) return error;
  const { name, kind } = factsOf(error.cause);
  if (name === 'ResourceNotFoundException')
    return typed(error, 'lambda.missing', t('AWS has no function {0}.', arn), [openFunctions]);
  if (kind === 'denied')
    return typed(error, 'lambda.forbidden', t('You may not call lambda:{0} on {1}.', operation, arn), [retry]);
  if (kind === 'throttled') return typed(error, 'lambda.throttled', throttled(error, nameOf(arn)), [retry]);
  return error;
}

/** Nothing was run: Lambda did not take the request, or there were no credentials to ask it with. */
export function wasRefused(error: JarvisError): boolean {
  const { status } = factsOf(error.cause);
  return error.code.startsWith('aws.credentials') || (status !== undefined && status >= 400 && status < 500);
}

function throttled({ cause, retryAfterSeconds: seconds }: JarvisError, name: string): string {
  const reason: unknown = typeof cause === 'object' && cause !== null ? Reflect.get(cause, 'Reason') : undefined;
  const what =
    reason === 'ReservedFunctionConcurrentInvocationLimitExceeded'
      ? t('AWS did not run {0}: all the concurrency that is reserved for it is taken.', name)
      : t('AWS did not run {0}: too much runs in the account.', name);
  return seconds === undefined ? what : t('{0} Plan it again in {1} s.', what, seconds);
}

function typed(error: JarvisError, code: ErrorCode, message: string, remedies: readonly Remedy[]): JarvisError {
  const { cause, retryAfterSeconds } = error;
  return new JarvisError({
    code,
    message,
    cause,
    remedies,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

const retry: Remedy = { kind: 'retry' };
const openFunctions: Remedy = { kind: 'openSetting', setting: 'jarvis.remediation.functions' };
