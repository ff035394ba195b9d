import type { Restartable } from '../cluster/control-plane.ts';
import type { FaultProxy } from './proxy.ts';

/** The servers whose clients come through a fault proxy; `aws` is every AWS service but CloudWatch and SQS. */
export const faultyServers = ['kubernetes', 'cloudwatch', 'sqs', 'aws', 'github'] as const;
export type FaultyServer = (typeof faultyServers)[number];

/** Everything that can be taken away from the lab's users. The lab's own programs do not notice. */
export class Faults {
  /** The API server itself: kill it, start it again. */
  readonly apiserver: Restartable;
  readonly #proxies: Partial<Record<FaultyServer, FaultProxy>>;

  constructor(apiserver: Restartable, proxies: Partial<Record<FaultyServer, FaultProxy>>) {
    this.apiserver = apiserver;
    this.#proxies = proxies;
  }

  get kubernetes(): FaultProxy {
    return this.of('kubernetes');
  }

  get cloudwatch(): FaultProxy {
    return this.of('cloudwatch');
  }

  get sqs(): FaultProxy {
    return this.of('sqs');
  }

  get github(): FaultProxy {
    return this.of('github');
  }

  /** @throws Error when this lab was started without that server. */
  of(server: FaultyServer): FaultProxy {
    const proxy = this.#proxies[server];
    if (!proxy) throw new Error(`this lab runs no ${server}`);
    return proxy;
  }

  /** Every AWS service answers ExpiredToken, until {@link clear}. */
  expireCredentials(): void {
    for (const server of ['cloudwatch', 'sqs', 'aws'] as const) this.of(server).add({ kind: 'expire' });
  }

  clear(): void {
    for (const proxy of Object.values(this.#proxies)) proxy.clear();
  }
}
