import { type ResourceRule, allows } from '../../domain/kubernetes/access-rules.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { AccessAnswer, AccessQuery, FoundNamespace } from '../../domain/kubernetes/cluster.ts';
import type { AccessReviews } from './access.ts';
import type { Transport } from './transport.ts';

/** What somebody who looks at a namespace wants first. */
const look = { verb: 'list', group: '', resource: 'pods' } as const;

export interface NamespaceSources {
  /** From the kubeconfig's contexts of this server. */
  readonly configured: readonly string[];
  /** By a person. */
  readonly named: readonly string[];
}

/** Asks of each namespace that can be known without a list whether this user may look into it. @throws JarvisError kube.* */
export function findNamespaces(
  { transport, reviews }: { readonly transport: Transport; readonly reviews: AccessReviews },
  { configured, named }: NamespaceSources,
  signal: AbortSignal,
): Promise<readonly FoundNamespace[]> {
  const names = [...new Set([...named, ...configured])];
  return Promise.all(
    names.map(async (name) => ({
      name,
      isNamed: named.includes(name),
      access: await mayLook(transport, reviews, name, signal),
    })),
  );
}

/**
 * By the rules of the user there (SelfSubjectRulesReview); an authorizer that cannot tell its rules, such as a webhook,
 * is asked for the one thing.
 */
async function mayLook(
  transport: Transport,
  reviews: AccessReviews,
  namespace: string,
  signal: AbortSignal,
): Promise<AccessAnswer> {
  const query: AccessQuery = { ...look, namespace };
  const { rules, isComplete } = await rulesIn(transport, namespace, signal);
  if (allows(rules, query)) return { allowed: true, reason: '' };
  return isComplete ? { allowed: false, reason: '' } : reviews.may(query, signal);
}

async function rulesIn(
  transport: Transport,
  namespace: string,
  signal: AbortSignal,
): Promise<{ readonly rules: readonly ResourceRule[]; readonly isComplete: boolean }> {
  const place = { group: 'authorization.k8s.io', version: 'v1', resource: 'selfsubjectrulesreviews' };
  const content = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    spec: { namespace },
  };
  const review: {
    readonly status?: { readonly resourceRules?: readonly ResourceRule[]; readonly incomplete?: boolean };
  } = await transport.json(
    { method: 'POST', repeatable: true, path: apiPath(place), body: { type: 'application/json', content } },
    signal,
  );
  return { rules: review.status?.resourceRules ?? [], isComplete: review.status?.incomplete === false };
}
