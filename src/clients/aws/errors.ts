import { isCancelled, JarvisError, type ErrorCode, type ErrorInit, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';

/** Whom the call was for and where it went. */
export interface CallContext {
  /** The profile's name, or the scope's label. */
  readonly who: string;
  readonly profile: string | undefined;
  readonly signsIn: boolean;
  /** An endpoint that somebody set (emulator, VPC endpoint); undefined for AWS's own. */
  readonly endpoint: string | undefined;
  /** "cloudwatch:DescribeAlarms". */
  readonly action: string;
}

type Kind = 'expired' | 'rejected' | 'missing' | 'denied' | 'throttled' | 'network' | 'other';

/**
 * AWS's own error names. Sources: "Common errors" of the CloudWatch, SQS and STS API references, and the name lists of
 * the SDK's retry classification.
 */
const kinds: Readonly<Record<string, Kind>> = {
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  RequestExpired: 'expired',
  TokenRefreshRequired: 'expired',
  UnauthorizedSSOTokenError: 'expired',
  InvalidClientTokenId: 'rejected',
  UnrecognizedClientException: 'rejected',
  InvalidSignatureException: 'rejected',
  SignatureDoesNotMatch: 'rejected',
  InvalidAccessKeyId: 'rejected',
  AuthFailure: 'rejected',
  CredentialsProviderError: 'missing',
  TokenProviderError: 'expired',
  MissingAuthenticationToken: 'missing',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  AuthorizationError: 'denied',
  NotAuthorized: 'denied',
  OptInRequired: 'denied',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  RequestThrottled: 'throttled',
  RequestThrottledException: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  LimitExceededException: 'throttled',
  TimeoutError: 'network',
};
const networkCodes = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
]);

/** Types whatever the SDK threw. Cancellation and errors that are typed already pass unchanged. */
export function toAwsError(thrown: unknown, context: CallContext): unknown {
  if (isCancelled(thrown) || thrown instanceof JarvisError) return thrown;
  const facts = factsOf(thrown);
  return new JarvisError({ ...describe(facts, context), cause: thrown });
}

interface Facts {
  readonly name: string;
  readonly message: string;
  readonly kind: Kind;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
}

function factsOf(thrown: unknown): Facts {
  const name = field(thrown, 'name');
  const status = field(field(thrown, '$metadata'), 'httpStatusCode') ?? field(responseOf(thrown), 'statusCode');
  const retryAfter = Number(field(field(responseOf(thrown), 'headers'), 'retry-after'));
  return {
    name: typeof name === 'string' ? name : '',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    kind: kindOf(thrown, typeof name === 'string' ? name : '', status),
    status: typeof status === 'number' ? status : undefined,
    retryAfterSeconds: retryAfter > 0 ? retryAfter : undefined,
  };
}

function kindOf(thrown: unknown, name: string, status: unknown): Kind {
  const known = kinds[name.split('.').at(-1) ?? ''];
  if (known) return known;
  const code = field(thrown, 'code');
  if (typeof code === 'string' && networkCodes.has(code)) return 'network';
  return status === 429 ? 'throttled' : 'other';
}

function describe(facts: Facts, context: CallContext): ErrorInit {
  switch (facts.kind) {
    case 'expired':
      return init(
        'aws.credentialsExpired',
        t('The AWS credentials of {0} have expired.', context.who),
        signIn(context),
      );
    case 'rejected':
      return init(
        'aws.credentialsExpired',
        t('AWS no longer accepts the credentials of {0}.', context.who),
        signIn(context),
      );
    case 'missing':
      return context.signsIn
        ? init('aws.credentialsExpired', t('The AWS sign-in of {0} has ended.', context.who), signIn(context))
        : init('aws.credentialsMissing', t('There are no AWS credentials for {0}.', context.who), signIn(context));
    case 'denied':
      return init('aws.accessDenied', t('{0} may not call {1}.', context.who, context.action), [{ kind: 'retry' }]);
    case 'throttled':
      return {
        ...init('aws.throttled', t('AWS asks {0} to call less often.', context.who), [{ kind: 'retry' }]),
        ...(facts.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: facts.retryAfterSeconds }),
      };
    case 'network':
      return unreachable(context);
    case 'other':
      return other(facts, context);
  }
}

function unreachable({ endpoint }: CallContext): ErrorInit {
  return endpoint
    ? init('aws.endpoint', t('The AWS endpoint {0} does not answer.', endpoint), endpointRemedies)
    : init('aws.offline', t('AWS cannot be reached. Is there a network?'), [{ kind: 'retry' }]);
}

/** An answer that is no answer of AWS comes from whatever else listens there: a proxy, a wrong endpoint. */
function other({ name, message, status }: Facts, { endpoint, action }: CallContext): ErrorInit {
  const unreadable =
    name === 'SyntaxError' || (status !== undefined && status < 500 && /^(Unknown|UnknownError|Error)$/.test(name));
  if (unreadable && endpoint)
    return init('aws.endpoint', t('What answers at {0} is not AWS.', endpoint), endpointRemedies);
  return init('aws.failed', t('{0} failed: {1}', action, message), [{ kind: 'retry' }, { kind: 'openLog' }]);
}

const endpointRemedies: readonly Remedy[] = [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }, { kind: 'retry' }];

function signIn({ profile }: CallContext): readonly Remedy[] {
  return [{ kind: 'signInAws', ...(profile === undefined ? {} : { profile }) }, { kind: 'retry' }];
}

function init(code: ErrorCode, message: string, remedies: readonly Remedy[]): ErrorInit {
  return { code, message, remedies };
}

/** The SDK hangs the HTTP response on its errors, hidden from enumeration. */
function responseOf(thrown: unknown): unknown {
  return field(thrown, '$response');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
