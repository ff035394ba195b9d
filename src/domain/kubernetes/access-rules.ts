import type { AccessQuery } from './cluster.ts';

/** authorization.k8s.io/v1 ResourceRule: `*` stands for all. */
export interface ResourceRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  /** Not empty: only the objects of these names. */
  readonly resourceNames?: readonly string[];
}

/** Does one of the rules allow it? The namespace is the one that the rules were asked for. */
export function allows(
  rules: readonly ResourceRule[],
  { verb, group, resource, subresource, name }: AccessQuery,
): boolean {
  const has = (list: readonly string[] = [], wanted: string) => list.includes('*') || list.includes(wanted);
  return rules.some(
    ({ verbs, apiGroups, resources, resourceNames = [] }) =>
      has(verbs, verb) &&
      has(apiGroups, group) &&
      has(resources, subresource ? `${resource}/${subresource}` : resource) &&
      (resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name))),
  );
}
