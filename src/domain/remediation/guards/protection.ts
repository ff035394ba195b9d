import type { ClusterRef } from '../../kubernetes/model.ts';
import type { Plan } from '../plan.ts';
import type { ObjectPointer } from '../target.ts';

/** Patterns of what is production: `*` stands for any characters, upper and lower case are one. Any match locks. */
export interface Production {
  /** Of a context's name, or of the kubeconfig's name for its cluster. */
  readonly contexts: readonly string[];
  /** Of the AWS account in an EKS cluster's ARN, and of those that a plan reaches into (a function, a load balancer). */
  readonly accounts: readonly string[];
  readonly namespaces: readonly string[];
}

/** What the settings forbid. */
export interface Protection {
  readonly production: Production;
  readonly readOnly: boolean;
}

/** Whom a lock asks for: an object's place, and the namespaces and AWS accounts beside its own that a write to it touches. */
export type Place = Pick<ObjectPointer, 'cluster' | 'namespace'> & Pick<Plan, 'namespaces' | 'accounts'>;

/** Where the plan's write goes. */
export function placeOf(plan: Pick<Plan, 'target' | 'namespaces' | 'accounts'>): Place {
  const { target, namespaces = [], accounts = [] } = plan;
  return { cluster: target.cluster, namespace: target.namespace, namespaces, accounts };
}

/**
 * Unites what each scope of the settings says (user, workspace …): a scope can add to the locks and none can take away.
 * A value that is not what the setting's schema wants locks everything: a typing mistake must not unlock production.
 */
export function protectionOf(production: readonly unknown[], readOnly: readonly unknown[]): Protection {
  const all = production.map(parsed);
  const united = (key: keyof Production) => [...new Set(all.flatMap((one) => one[key]))];
  return {
    production: { contexts: united('contexts'), accounts: united('accounts'), namespaces: united('namespaces') },
    readOnly: readOnly.some((value) => value !== false),
  };
}

/** Is anything locked at all? */
export function locksAnything({ contexts, accounts, namespaces }: Production): boolean {
  return contexts.length + accounts.length + namespaces.length > 0;
}

/**
 * Is the place production? A cluster is known under each name that the kubeconfig has for its server, so that a second
 * context of another name is no way around the lock.
 */
export function isProduction(place: Place, production: Production, known: readonly ClusterRef[]): boolean {
  const { cluster, namespace, namespaces = [], accounts = [] } = place;
  const names = [cluster, ...known.filter(({ server }) => server === cluster.server)].flatMap((one) => [
    one.context,
    one.cluster,
  ]);
  return (
    anyMatch(production.contexts, names) ||
    anyMatch(production.accounts, [...accounts, ...names.flatMap(accountOf)]) ||
    anyMatch(production.namespaces, [namespace, ...namespaces])
  );
}

/** Source: `aws eks update-kubeconfig`, which names cluster and context `arn:aws:eks:REGION:ACCOUNT:cluster/NAME`. */
function accountOf(name: string): string[] {
  const [, account] = /^arn:aws[a-z-]*:eks:[^:]*:(\d+):cluster\//.exec(name) ?? [];
  return account === undefined ? [] : [account];
}

function anyMatch(patterns: readonly string[], names: readonly string[]): boolean {
  return patterns.some((pattern) => names.some((name) => matches(pattern, name)));
}

/** Part by part from the left, each at its first place, so that no pattern takes long. */
function matches(pattern: string, name: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const text = name.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - at >= last.length && text.endsWith(last);
}

const nothing: Production = { contexts: [], accounts: [], namespaces: [] };
const everything: Production = { ...nothing, contexts: ['*'] };

function parsed(value: unknown): Production {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return everything;
  const entries = Object.entries(value);
  const isKnown = ([key, patterns]: [string, unknown]) => key in nothing && isTexts(patterns);
  return entries.every(isKnown) ? { ...nothing, ...value } : everything;
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
