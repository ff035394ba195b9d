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

/** Source: AWS's common errors; JSON protocols answer 400 with `__type`. */
export const expiredToken: MadeUpAnswer = {
  status: 400,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': 'ExpiredTokenException' },
  body: JSON.stringify({
    __type: 'com.amazon.coral.service#ExpiredTokenException',
    message: 'The security token included in the request is expired',
  }),
};

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
