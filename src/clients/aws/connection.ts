import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { isCancelled } from '../../core/errors.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { OutOfTime, within } from './deadline.ts';
import { type CallContext, timeoutError, toAwsError } from './errors.ts';
import type { Environment } from './scopes.ts';
import { readScopeConfig, type ScopeConfig, type Service } from './shared-config.ts';

/** Seconds until it is said that nothing comes, attempts and credentials included. */
export const patience = 10;
/** Many metrics over a long time may take CloudWatch a while. */
export const patienceWithData = 30;

export interface ConnectionPorts {
  readonly env: Environment;
  readonly clock: Clock;
  /** Called for every request that goes out. */
  readonly onRequest: () => void;
}

/** What every client is made with; whoever makes one may say more. */
interface ClientConfig {
  readonly region: string;
  readonly credentials: ReturnType<typeof credentialsOf>;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly endpoint?: string;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: true;
  };
}

/** A middleware that looks on and changes nothing. */
type Onlooker = <A, R>(next: (args: A) => Promise<R>) => (args: A) => Promise<R>;

/** A client of any service. */
interface SdkClient {
  readonly middlewareStack: {
    add(middleware: Onlooker, place: { readonly step: 'finalizeRequest'; readonly priority: 'low' }): void;
  };
  destroy(): void;
}

/**
 * One scope's way to AWS, whatever the service: its credentials, region and endpoints, its patience, its typed errors.
 * The clients of the services are made over it, each in a file of its own.
 */
export class AwsConnection implements Disposable {
  readonly region: string;
  readonly #scope: AwsScope;
  readonly #config: ScopeConfig;
  readonly #credentials: ReturnType<typeof credentialsOf>;
  readonly #ports: ConnectionPorts;
  readonly #clients: SdkClient[] = [];
  #requests = 0;
  /** What the last attempt met: the SDK may sit on it until a Retry-After is over. */
  #lastFailure: unknown;

  /** Reads the shared config files as they are now. @throws JarvisError aws.profileMissing, aws.regionMissing */
  static async open(scope: AwsScope, ports: ConnectionPorts): Promise<AwsConnection> {
    return new AwsConnection(scope, await readScopeConfig(scope, ports.env), ports);
  }

  private constructor(scope: AwsScope, config: ScopeConfig, ports: ConnectionPorts) {
    this.#scope = scope;
    this.#config = config;
    this.#ports = ports;
    this.#credentials = credentialsOf(config);
    this.region = config.region;
  }

  /** A client of the service, which ends with the connection. `seconds`: how long one of its requests may take. */
  client<C extends SdkClient>(service: Service, make: (config: ClientConfig) => C, seconds = patienceWithData): C {
    const endpoint = this.#config.endpoints[service];
    const client = make({
      region: this.region,
      credentials: this.#credentials,
      // the endpoint was resolved from this scope's own profile; the SDK would ask the environment's
      ignoreConfiguredEndpointUrls: true,
      ...(endpoint !== undefined && { endpoint }),
      maxAttempts: 2,
      requestHandler: { connectionTimeout: 5_000, requestTimeout: seconds * 1000, throwOnRequestTimeout: true },
    });
    // inside of the retries and after the credentials, so that each attempt counts, and only what goes out
    client.middlewareStack.add((next) => this.#attempt(next), { step: 'finalizeRequest', priority: 'low' });
    this.#clients.push(client);
    return client;
  }

  /** One operation, waited for `seconds`. @throws JarvisError `aws.*` */
  async call<T>(
    service: Service,
    operation: string,
    signal: AbortSignal | undefined,
    send: (signal: AbortSignal) => Promise<T>,
    seconds = patience,
  ): Promise<T> {
    const context: CallContext = {
      who: this.#config.profile ?? this.#scope.label,
      config: this.#config,
      service,
      operation,
    };
    const requests = this.#requests;
    this.#lastFailure = undefined;
    try {
      return await within(this.#ports.clock, seconds * 1000, signal, send);
    } catch (error) {
      if (!(error instanceof OutOfTime)) throw toAwsError(error, context);
      if (this.#lastFailure !== undefined) throw toAwsError(this.#lastFailure, context);
      throw timeoutError(context, seconds, this.#requests > requests);
    }
  }

  dispose(): void {
    for (const client of this.#clients) client.destroy();
  }

  #attempt<A, R>(next: (args: A) => Promise<R>): (args: A) => Promise<R> {
    return async (args) => {
      this.#requests++;
      this.#ports.onRequest();
      try {
        return await next(args);
      } catch (error) {
        if (!isCancelled(error)) this.#lastFailure = error;
        throw error;
      }
    };
  }
}

/** A named profile means that profile only; without one, the SDK's whole chain up to the instance's role. */
function credentialsOf({ profile, files }: ScopeConfig) {
  const options = { ...files, ignoreCache: true };
  return profile ? fromIni({ ...options, profile }) : fromNodeProviderChain(options);
}
