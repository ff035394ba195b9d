import { isCancelled, JarvisError, type ErrorCode, type ErrorInit, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { signInArguments } from '../../domain/alarms/sign-in.ts';
import { type Facts, factsOf } from './error-facts.ts';
import { partitionOf } from '../../domain/aws/partition.ts';
import type { ScopeConfig, Service } from './shared-config.ts';

/** Whom the call was for and where it went. */
export interface CallContext {
  /** The profile's name, or the scope's label. */
  readonly who: string;
  readonly config: Pick<ScopeConfig, 'region' | 'signIn' | 'partition' | 'endpoints' | 'files'>;
  readonly service: Service;
  /** "DescribeAlarms". */
  readonly operation: string;
}

/** Types whatever the SDK threw. Cancellation and errors that are typed already pass unchanged. */
export function toAwsError(thrown: unknown, context: CallContext): unknown {
  if (isCancelled(thrown) || thrown instanceof JarvisError) return thrown;
  const facts = factsOf(thrown);
  return new JarvisError({ ...describe(facts, context), cause: thrown });
}

/** Nothing has come for so long: from the service, or, where it was not even asked, from whoever gives the credentials. */
export function timeoutError(context: CallContext, seconds: number, wasAsked: boolean): JarvisError {
  if (wasAsked) return new JarvisError(timeout(context, seconds));
  const message = t('The AWS credentials of {0} have not come for {1} s.', context.who, seconds);
  return new JarvisError(init('aws.credentialsTimeout', message, [{ kind: 'retry' }, ...configFile(context)]));
}

function describe(facts: Facts, context: CallContext): ErrorInit {
  switch (facts.kind) {
    case 'expired':
      return init('aws.credentialsExpired', expired(context), renew(context));
    case 'rejected':
      return rejected(context);
    case 'missing':
      return context.config.signIn
        ? init('aws.credentialsExpired', expired(context), renew(context))
        : init('aws.credentialsMissing', t('There are no AWS credentials for {0}.', context.who), renew(context));
    case 'denied':
      return init(
        'aws.accessDenied',
        t('{0} may not call {1}.', context.who, `${context.service}:${context.operation}`),
        [{ kind: 'retry' }],
      );
    case 'throttled':
      return {
        ...init('aws.throttled', t('AWS asks {0} to call less often.', context.who), [{ kind: 'retry' }]),
        ...(facts.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: facts.retryAfterSeconds }),
      };
    case 'unknownHost':
    case 'unreachable':
      return unreachable(facts, context);
    case 'timeout':
      return timeout(context);
    case 'other':
      return other(facts, context);
  }
}

/** With the very command, for those who have a terminal open. */
function expired({ who, config: { signIn } }: CallContext): string {
  if (!signIn) return t('The AWS credentials of {0} have expired.', who);
  return t('The AWS sign-in of {0} has ended. Sign in again: {1}', who, `aws ${signInArguments(signIn).join(' ')}`);
}

/** Keys are good in one partition only; AWS's answer to those of another is the one to keys that do not exist. */
function rejected(context: CallContext): ErrorInit {
  const { who, config } = context;
  const there = partitionOf(config.region);
  const remedies = [openScopes, ...renew(context)];
  if (config.partition !== undefined && config.partition !== there)
    return init(
      'aws.wrongPartition',
      t('The credentials of {0} belong to {1}; {2} is in {3}.', who, config.partition, config.region, there),
      remedies,
    );
  if (there !== 'aws')
    return init(
      'aws.wrongPartition',
      t('AWS does not accept the credentials of {0} in {1}: {2} has accounts of its own.', who, config.region, there),
      remedies,
    );
  return init('aws.credentialsExpired', t('AWS no longer accepts the credentials of {0}.', who), renew(context));
}

function unreachable({ kind }: Facts, { config, service }: CallContext): ErrorInit {
  const endpoint = config.endpoints[service];
  if (endpoint) return init('aws.endpoint', t('The AWS endpoint {0} does not answer.', endpoint), endpointRemedies);
  return kind === 'unknownHost'
    ? init(
        'aws.offline',
        t('AWS cannot be found in {0}. Is there a network, and such a region?', config.region),
        endpointRemedies,
      )
    : init('aws.offline', t('AWS cannot be reached. Is there a network?'), [{ kind: 'retry' }]);
}

function timeout({ config, service }: CallContext, seconds?: number): ErrorInit {
  const where = config.endpoints[service] ?? t('AWS in {0}', config.region);
  const message =
    seconds === undefined
      ? t('{0} does not answer in time.', where)
      : t('{0} has not answered for {1} s.', where, seconds);
  return init('aws.timeout', message, endpointRemedies);
}

/** An answer that is no answer of AWS comes from whatever else listens there: a proxy, a wrong endpoint. */
function other({ name, message, status }: Facts, { config, service, operation }: CallContext): ErrorInit {
  const endpoint = config.endpoints[service];
  const unreadable =
    name === 'SyntaxError' || (status !== undefined && status < 500 && /^(Unknown|UnknownError|Error)$/.test(name));
  if (unreadable && endpoint)
    return init('aws.endpoint', t('What answers at {0} is not AWS.', endpoint), endpointRemedies);
  return init('aws.failed', t('{0} failed: {1}', `${service}:${operation}`, message), [
    { kind: 'retry' },
    { kind: 'openLog' },
  ]);
}

const openScopes: Remedy = { kind: 'openSetting', setting: 'jarvis.aws.scopes' };
const endpointRemedies: readonly Remedy[] = [openScopes, { kind: 'retry' }];

/** A sign-in where the profile has one; else whoever writes the keys must write new ones. */
function renew(context: CallContext): readonly Remedy[] {
  const { signIn } = context.config;
  return signIn
    ? [{ kind: 'signInAws', ...signIn }, { kind: 'retry' }]
    : [...configFile(context), { kind: 'retry' }, openScopes];
}

function configFile({ config: { files } }: CallContext): readonly Remedy[] {
  return files.existing.map((path): Remedy => ({ kind: 'openFile', path })).slice(0, 1);
}

function init(code: ErrorCode, message: string, remedies: readonly Remedy[]): ErrorInit {
  return { code, message, remedies };
}
