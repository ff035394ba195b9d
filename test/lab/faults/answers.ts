import type { OutgoingHttpHeaders } from 'node:http';

/** Whose form a made-up answer takes. */
export type Dialect = 'kubernetes' | 'aws' | 'github';

export interface MadeUpAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

interface Input {
  readonly status: number;
  readonly message?: string;
  readonly retryAfterSeconds?: number;
}

/** An error answer in the form that the server's clients know. */
export function madeUpAnswer(dialect: Dialect, { status, message, retryAfterSeconds }: Input): MadeUpAnswer {
  const retry = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const { headers, body } = forms[dialect](status, message);
  return { status, headers: { ...headers, ...retry }, body: JSON.stringify(body) };
}

const expired = 'The security token included in the request is expired';

/**
 * What AWS answers when the session is over, in the protocol that was spoken to it.
 * Source: AWS's common errors; Query answers XML and 403, the JSON protocols 400 and `__type`.
 */
export function expiredToken(contentType = ''): MadeUpAnswer {
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const error = `<Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>${expired}</Message></Error>`;
    const body = `<ErrorResponse>${error}<RequestId>lab</RequestId></ErrorResponse>`;
    return { status: 403, headers: { 'content-type': 'text/xml' }, body };
  }
  return {
    status: 400,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'ExpiredTokenException' },
    body: JSON.stringify({ __type: 'com.amazon.coral.service#ExpiredTokenException', message: expired }),
  };
}

const forms: Record<Dialect, (status: number, message?: string) => { headers: OutgoingHttpHeaders; body: unknown }> = {
  kubernetes: (code, message) => ({
    headers: { 'content-type': 'application/json' },
    body: {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: message ?? kubernetesReasons[code] ?? 'made up by the lab',
      reason: kubernetesReasons[code] ?? 'Unknown',
      code,
    },
  }),
  aws: (status, message) => {
    const type = awsTypes[status] ?? 'InternalFailure';
    return {
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': type },
      body: { __type: type, message: message ?? 'made up by the lab' },
    };
  },
  github: (status, message) => ({
    headers: {
      'content-type': 'application/json; charset=utf-8',
      ...(status === 429 ? { 'x-ratelimit-remaining': '0' } : {}),
    },
    body: {
      message: message ?? 'made up by the lab',
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    },
  }),
};

/** `metav1.StatusReason` of the codes that the API server answers. */
const kubernetesReasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'ServiceUnavailable',
  504: 'Timeout',
};

const awsTypes: Record<number, string> = {
  400: 'ThrottlingException',
  401: 'UnrecognizedClientException',
  403: 'AccessDeniedException',
  429: 'ThrottlingException',
  503: 'ServiceUnavailable',
};
