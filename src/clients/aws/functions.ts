import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { JarvisError } from '../../core/errors.ts';
import type { AwsConnection } from './connection.ts';
import { toFunctionError } from './function-errors.ts';

/** A function as GetFunctionConfiguration tells of it. */
export interface FunctionInfo {
  /** `Active`: it can be invoked. `Pending`, `Inactive`, `Failed`: not now. */
  readonly state: string;
  readonly stateReason: string;
  readonly timeoutSeconds: number;
}

/** What an invocation brought. */
export interface Invoked {
  /** The function ended by an error, which is what `payload` tells. */
  readonly failed: boolean;
  /** What it answered; empty where nobody waited for it. */
  readonly payload: Uint8Array;
  /** The end of its log: AWS gives 4 KB. */
  readonly log: string;
}

/** Seconds that no function may run longer than. Source: Lambda quotas. */
const longestRun = 900;
/** What the way there and back may take beside it. */
const travelSeconds = 10;

/**
 * The functions of one account and region; each is named by its ARN, so that other credentials cannot reach another one.
 * All methods @throws JarvisError `lambda.*`, `aws.*`.
 */
export class LambdaFunctions {
  readonly #connection: AwsConnection;
  readonly #client: LambdaClient;

  constructor(connection: AwsConnection) {
    this.#connection = connection;
    const make = (config: ConstructorParameters<typeof LambdaClient>[0] & { requestHandler: object }) =>
      new LambdaClient({
        ...config,
        // An attempt whose answer was lost may have run: nothing is ever sent twice.
        maxAttempts: 1,
        // nor over a connection that the other side is about to close
        requestHandler: { ...config.requestHandler, httpAgent: { keepAlive: false }, httpsAgent: { keepAlive: false } },
      });
    this.#client = connection.client('lambda', make, longestRun + travelSeconds);
  }

  /** How long it may run now, in seconds; where that is not shown, as long as any. */
  async timeoutOf(arn: string, signal: AbortSignal): Promise<number> {
    try {
      return (await this.describe(arn, signal)).timeoutSeconds;
    } catch (error) {
      if (error instanceof JarvisError && error.code === 'lambda.forbidden') return longestRun;
      throw error;
    }
  }

  async describe(arn: string, signal: AbortSignal): Promise<FunctionInfo> {
    const command = new GetFunctionConfigurationCommand({ FunctionName: arn });
    const { State, StateReason, Timeout } = await this.#call('GetFunctionConfiguration', arn, signal, (abortSignal) =>
      this.#client.send(command, { abortSignal }),
    );
    // without a state: a function from before there were states, or a server that knows none
    return { state: State ?? 'Active', stateReason: StateReason ?? '', timeoutSeconds: Timeout ?? longestRun };
  }

  /** Asks whether it may be invoked, without running it. */
  async tryInvoke(arn: string, signal: AbortSignal): Promise<void> {
    const command = new InvokeCommand({ FunctionName: arn, InvocationType: 'DryRun' });
    await this.#call('InvokeFunction', arn, signal, (abortSignal) => this.#client.send(command, { abortSignal }));
  }

  /** Runs it once, and waits for its end. @param timeoutSeconds how long it may take */
  async run(arn: string, event: string, timeoutSeconds: number, signal: AbortSignal): Promise<Invoked> {
    const command = new InvokeCommand({ FunctionName: arn, LogType: 'Tail', Payload: Buffer.from(event) });
    const { FunctionError, Payload, LogResult } = await this.#call(
      'InvokeFunction',
      arn,
      signal,
      (abortSignal) => this.#client.send(command, { abortSignal }),
      timeoutSeconds + travelSeconds,
    );
    return {
      failed: FunctionError !== undefined,
      payload: Payload ?? new Uint8Array(),
      log: Buffer.from(LogResult ?? '', 'base64').toString('utf8'),
    };
  }

  /** Has AWS run it some time soon; what comes of it is not told. */
  async queue(arn: string, event: string, signal: AbortSignal): Promise<void> {
    const command = new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: Buffer.from(event) });
    await this.#call('InvokeFunction', arn, signal, (abortSignal) => this.#client.send(command, { abortSignal }));
  }

  async #call<T>(
    operation: string,
    arn: string,
    signal: AbortSignal,
    send: (signal: AbortSignal) => Promise<T>,
    seconds?: number,
  ): Promise<T> {
    try {
      return await this.#connection.call('lambda', operation, signal, send, seconds);
    } catch (error) {
      throw toFunctionError(error, arn, operation);
    }
  }
}

const opened = new WeakMap<AwsConnection, LambdaFunctions>();

/** Those of a connection, made once. */
export function functionsOf(connection: AwsConnection): LambdaFunctions {
  const functions = opened.get(connection) ?? new LambdaFunctions(connection);
  opened.set(connection, functions);
  return functions;
}
