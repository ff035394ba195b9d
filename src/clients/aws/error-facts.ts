import { retryAfter } from '../../core/time.ts';

export type Kind =
  'expired' | 'rejected' | 'missing' | 'denied' | 'throttled' | 'unknownHost' | 'unreachable' | 'timeout' | 'other';

/** What can be told of something that the SDK threw. */
export interface Facts {
  readonly name: string;
  readonly message: string;
  readonly kind: Kind;
  readonly status: number | undefined;
  readonly retryAfterSeconds: number | undefined;
}

/**
 * AWS's own error names. Sources: "Common errors" of the CloudWatch, SQS and STS API references, the errors of
 * GetRoleCredentials (IAM Identity Center portal API), and the name lists of the SDK's retry classification.
 */
const kinds: Readonly<Record<string, Kind>> = {
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  RequestExpired: 'expired',
  TokenRefreshRequired: 'expired',
  UnauthorizedSSOTokenError: 'expired',
  UnauthorizedException: 'expired',
  TokenProviderError: 'expired',
  InvalidClientTokenId: 'rejected',
  UnrecognizedClientException: 'rejected',
  InvalidSignatureException: 'rejected',
  SignatureDoesNotMatch: 'rejected',
  InvalidAccessKeyId: 'rejected',
  AuthFailure: 'rejected',
  CredentialsProviderError: 'missing',
  MissingAuthenticationToken: 'missing',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  UnauthorizedOperation: 'denied',
  AuthorizationError: 'denied',
  ForbiddenException: 'denied',
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
  TimeoutError: 'timeout',
};

/** Of node: https://nodejs.org/api/errors.html#common-system-errors */
const networkCodes: Readonly<Record<string, Kind>> = {
  ENOTFOUND: 'unknownHost',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  EPIPE: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  ETIMEDOUT: 'timeout',
};

export function factsOf(thrown: unknown): Facts {
  const name = textIn(thrown, 'name').split('.').at(-1) ?? '';
  const status = field(field(thrown, '$metadata'), 'httpStatusCode') ?? field(responseOf(thrown), 'statusCode');
  const header = textIn(field(responseOf(thrown), 'headers'), 'retry-after');
  return {
    name,
    message: thrown instanceof Error ? thrown.message : String(thrown),
    kind: kindOf(thrown, name, status),
    status: typeof status === 'number' ? status : undefined,
    retryAfterSeconds: retryAfter(header),
  };
}

function kindOf(thrown: unknown, name: string, status: unknown): Kind {
  if (name === 'CredentialsProviderError') return kindBelow(thrown) ?? 'missing';
  // the SDK calls a reset a TimeoutError, too: node's own code says more
  const network = networkCodes[textIn(thrown, 'code')];
  return network ?? kinds[name] ?? (status === 429 ? 'throttled' : 'other');
}

/**
 * Why credentials could not be fetched. The SDK's provider for IAM Identity Center keeps of the error below it no more
 * than its text, "Name: message", in which node writes its code as a word.
 */
function kindBelow(thrown: unknown): Kind | undefined {
  const words = textIn(thrown, 'message').match(/\w+/g) ?? [];
  return kinds[words[0] ?? ''] ?? words.map((word) => networkCodes[word]).find((kind) => kind !== undefined);
}

/** The SDK hangs the HTTP response on its errors, hidden from enumeration. */
function responseOf(thrown: unknown): unknown {
  return field(thrown, '$response');
}

function textIn(value: unknown, name: string): string {
  const text = field(value, name);
  return typeof text === 'string' ? text : '';
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
