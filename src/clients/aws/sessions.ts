import { SingleFlight } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { CallMeter } from './call-meter.ts';
import { needsNewSession } from './needs-session.ts';
import type { Environment } from './scopes.ts';
import type { AwsSession } from './session.ts';

/** The sessions of all scopes, opened at first use and shared by everything that reads AWS. Light: no SDK until then. */
export class AwsSessions implements Disposable {
  readonly #env: Environment;
  readonly #clock: Clock;
  readonly #open = new SingleFlight<string, AwsSession>();
  readonly #opened = new Map<string, AwsSession>();
  readonly #meters = new Map<string, CallMeter>();

  constructor({ env, clock }: { readonly env: Environment; readonly clock: Clock }) {
    this.#env = env;
    this.#clock = clock;
  }

  /** Does the work with the scope's session; one whose credentials fail is dropped, so that the next reads them anew. */
  async use<T>(scope: AwsScope, work: (session: AwsSession) => Promise<T>): Promise<T> {
    const session = await this.#session(scope);
    try {
      return await work(session);
    } catch (error) {
      if (needsNewSession(error)) this.#drop(scope, session);
      throw error;
    }
  }

  callsPerMinute(scope: AwsScope): number {
    return this.#meter(scope).perMinute;
  }

  dispose(): void {
    this.#open.clear();
    for (const session of this.#opened.values()) session.dispose();
    this.#opened.clear();
  }

  #session(scope: AwsScope): Promise<AwsSession> {
    const key = keyOf(scope);
    return this.#open.get(key, async () => {
      const { AwsSession } = await import('./session.ts');
      const meter = this.#meter(scope);
      const ports = { env: this.#env, clock: this.#clock, onRequest: () => meter.count() };
      const session = await AwsSession.open(scope, ports);
      this.#opened.set(key, session);
      return session;
    });
  }

  /** Not disposed: others may still be in the middle of a call, and idle sockets close by themselves. */
  #drop(scope: AwsScope, session: AwsSession): void {
    const key = keyOf(scope);
    if (this.#opened.get(key) !== session) return;
    this.#open.forget(key);
    this.#opened.delete(key);
  }

  #meter(scope: AwsScope): CallMeter {
    const key = keyOf(scope);
    const meter = this.#meters.get(key) ?? new CallMeter(this.#clock);
    this.#meters.set(key, meter);
    return meter;
  }
}

function keyOf({ label, profile, region, endpointUrl, queueUrl }: AwsScope): string {
  return JSON.stringify([label, profile, region, endpointUrl, queueUrl]);
}
