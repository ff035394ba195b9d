/** Error shapes of CloudWatch's service model: shape name -> [code of the older Query protocol, HTTP status]. */
const shapes = {
  ValidationException: ['ValidationError', 400],
  InvalidParameterValueException: ['InvalidParameterValue', 400],
  InvalidParameterCombinationException: ['InvalidParameterCombination', 400],
  MissingRequiredParameterException: ['MissingParameter', 400],
  InvalidNextToken: ['InvalidNextToken', 400],
  InvalidFormatFault: ['InvalidFormat', 400],
  LimitExceededFault: ['LimitExceeded', 400],
  ResourceNotFound: ['ResourceNotFound', 404],
  ResourceNotFoundException: ['ResourceNotFoundException', 404],
  InternalServiceFault: ['InternalServiceError', 500],
  UnknownOperationException: ['InvalidAction', 400],
  SerializationException: ['MalformedInput', 400],
} as const satisfies Record<string, readonly [code: string, status: number]>;

export type ErrorShape = keyof typeof shapes;

/** What a caller did wrong, in CloudWatch's own terms. Becomes the HTTP answer; never shown by Jarvis itself. */
export class ApiError extends Error {
  readonly shape: ErrorShape;

  constructor(shape: ErrorShape, message: string) {
    super(message);
    this.name = 'ApiError';
    this.shape = shape;
  }

  /** The code that the SDKs know from the Query protocol; sent in the header `x-amzn-query-error`. */
  get queryCode(): string {
    return shapes[this.shape][0];
  }

  get status(): number {
    return shapes[this.shape][1];
  }
}

export const validationError = (message: string) => new ApiError('ValidationException', message);
export const invalidValue = (message: string) => new ApiError('InvalidParameterValueException', message);
export const invalidCombination = (message: string) => new ApiError('InvalidParameterCombinationException', message);
export const missingParameter = (message: string) => new ApiError('MissingRequiredParameterException', message);
