import { SingleFlight } from '../../core/async.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { AccessAnswer, AccessQuery } from '../../domain/kubernetes/cluster.ts';
import type { Transport } from './transport.ts';

const validMs = 60_000;

/** Asks the API server what this user may do (authorization.k8s.io/v1 SelfSubjectAccessReview), each question once a minute. */
export class AccessReviews {
  readonly #transport: Transport;
  readonly #answers = new SingleFlight<string, { answer: AccessAnswer; at: number }>();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async may(query: AccessQuery, signal: AbortSignal): Promise<AccessAnswer> {
    const { clock } = this.#transport;
    const key = JSON.stringify([query.verb, query.group, query.resource, query.namespace, query.name]);
    const ask = async () => ({ answer: await this.#ask(query, signal), at: clock.now() });
    const known = await this.#answers.get(key, ask);
    if (clock.now() - known.at < validMs) return known.answer;
    this.#answers.forget(key);
    return (await this.#answers.get(key, ask)).answer;
  }

  async #ask(query: AccessQuery, signal: AbortSignal): Promise<AccessAnswer> {
    const place = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectaccessreviews' };
    const content = {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: query },
    };
    const review: { readonly status?: { readonly allowed?: boolean; readonly reason?: string } } =
      await this.#transport.json(
        { method: 'POST', repeatable: true, path: apiPath(place), body: { type: 'application/json', content } },
        signal,
      );
    return { allowed: review.status?.allowed ?? false, reason: review.status?.reason ?? '' };
  }
}
