import { SingleFlight, unlessCancelled } from '../../core/async.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { AccessAnswer, AccessQuery } from '../../domain/kubernetes/cluster.ts';
import type { Transport } from './transport.ts';

const validMs = 60_000;

interface Known {
  readonly answer: AccessAnswer;
  readonly at: number;
}

/**
 * Asks the API server what this user may do (authorization.k8s.io/v1 SelfSubjectAccessReview), each question once a
 * minute for all who ask it; none of them can cancel it for the others.
 */
export class AccessReviews {
  readonly #transport: Transport;
  readonly #answers = new SingleFlight<string, Known>();
  readonly #ended = new AbortController();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** @throws JarvisError kube.*, CancelledError on the signal */
  async may(query: AccessQuery, signal: AbortSignal): Promise<AccessAnswer> {
    return (await unlessCancelled(this.#known(query), signal)).answer;
  }

  /** The kubeconfig has changed: it may be another user who asks next. */
  forget(): void {
    this.#answers.clear();
  }

  dispose(): void {
    this.#ended.abort();
  }

  async #known(query: AccessQuery): Promise<Known> {
    const { clock } = this.#transport;
    const { verb, group, resource, subresource, namespace, name } = query;
    const key = JSON.stringify([verb, group, resource, subresource, namespace, name]);
    const ask = async () => ({ answer: await this.#ask(query, this.#ended.signal), at: clock.now() });
    const known = await this.#answers.get(key, ask);
    if (clock.now() - known.at < validMs) return known;
    this.#answers.forget(key);
    return this.#answers.get(key, ask);
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
