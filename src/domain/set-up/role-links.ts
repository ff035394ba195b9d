import * as v from 'valibot';
import { mapLimited } from '../../core/async.ts';
import { JarvisError, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { apiPath } from '../kubernetes/api-path.ts';
import type { AccessQuery, Cluster } from '../kubernetes/cluster.ts';
import type { JsonObject } from '../remediation/json.ts';
import { type SetUpRemedy, remedyNames } from './files.ts';
import type { NameOf } from './intent.ts';
import { atOnce, type Link } from './link.ts';
import { needsOf } from './needs.ts';

type Reads = Pick<Cluster, 'read' | 'ref'>;

const ruleSchema = v.object({
  apiGroups: v.optional(v.array(v.string()), []),
  resources: v.optional(v.array(v.string()), []),
  resourceNames: v.optional(v.array(v.string()), []),
  verbs: v.array(v.string()),
});
const roleSchema = v.object({ rules: v.nullish(v.array(ruleSchema)) });
const bindingsSchema = v.object({
  items: v.array(
    v.object({
      roleRef: v.object({ kind: v.string(), name: v.string() }),
      subjects: v.optional(v.array(v.object({ kind: v.string(), name: v.string() })), []),
    }),
  ),
});
type Rule = v.InferOutput<typeof ruleSchema>;

/**
 * May the Kubernetes group of each remedy, as which its workflow or function acts, do what that does? Read from the RBAC
 * objects, where this person may read them. @throws CancelledError
 */
export function roleLinks(
  cluster: Reads,
  namespaces: readonly string[],
  remedies: readonly SetUpRemedy[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const read = shared(cluster, signal);
  const each = namespaces.flatMap((namespace) => remedies.map((remedy) => ({ namespace, remedy })));
  return mapLimited(each, atOnce, async ({ namespace, remedy }): Promise<Link> => {
    const title = t('Kubernetes Role of {0} in {1}, {2}', nameOf(remedy), cluster.ref.context, namespace);
    return { title, ...(await verdict(read, namespace, remedy)) };
  });
}

type Read = (resource: string, kind: string, namespace: string, name?: string) => Promise<JsonObject>;

/** Remedies share their bindings, and namespaces those of the whole cluster: each is asked for once. */
function shared(cluster: Reads, signal: AbortSignal): Read {
  const asked = new Map<string, Promise<JsonObject>>();
  return (resource, kind, namespace, name = '') => {
    const object = { cluster: cluster.ref, ...rbac, resource, kind, namespace, name, uid: '' };
    const path = apiPath(object, namespace, name);
    const answer = asked.get(path) ?? cluster.read(object, signal);
    asked.set(path, answer);
    return answer;
  };
}

async function verdict(read: Read, namespace: string, remedy: SetUpRemedy): Promise<Omit<Link, 'title'>> {
  const group = `jarvis-${remedyNames[remedy]}`;
  try {
    const rules = await rulesOf(read, namespace, group);
    const lacks = needsOf[remedy].granted.filter((what) => !rules.some((rule) => allows(rule, what)));
    const first = lacks[0];
    if (!first) return { state: 'ok', detail: t('The group {0} may do what the remedy needs.', group), remedies: [] };
    const what = lacks.map(inWords).join(', ');
    const detail =
      rules.length === 0
        ? t('Nothing is granted to the group {0}: apply deploy/jarvis/kubernetes.', group)
        : t('The group {0} may not {1}: apply deploy/jarvis/kubernetes.', group, what);
    return { state: 'missing', detail, remedies: [{ kind: 'setUp' }, { kind: 'retry' }] };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { code, message, remedies } = toJarvisError(error);
    const unknown = t('Unknown: you may not read Roles and RoleBindings there.');
    return { state: 'untested', detail: code === 'kube.forbidden' ? unknown : message, remedies };
  }
}

/** What is granted to the group in the namespace, by bindings of the namespace and of the whole cluster. */
async function rulesOf(read: Read, namespace: string, group: string): Promise<readonly Rule[]> {
  const [bindings, everywhere] = await Promise.all([
    read('rolebindings', 'RoleBinding', namespace),
    read('clusterrolebindings', 'ClusterRoleBinding', ''),
  ]);
  const roles = [bindings, everywhere]
    .flatMap((list) => v.parse(bindingsSchema, list).items)
    .filter(({ subjects }) => subjects.some(({ kind, name }) => kind === 'Group' && name === group))
    .map(({ roleRef }) => roleRef);
  const found = await Promise.all(
    roles.map(({ kind, name }) =>
      (kind === 'Role' ? read('roles', kind, namespace, name) : read('clusterroles', kind, '', name)).catch(ifThere),
    ),
  );
  return found.flatMap((role) => v.parse(roleSchema, role).rules ?? []);
}

/** A binding may name a role that nobody has made: it grants nothing. */
function ifThere(error: unknown): { readonly rules: null } {
  if (error instanceof JarvisError && error.code === 'kube.notFound') return { rules: null };
  throw error;
}

const rbac = { group: 'rbac.authorization.k8s.io', version: 'v1' } as const;

/** Source: Kubernetes, "Using RBAC Authorization"; what is granted for some names alone is not granted. */
function allows({ apiGroups, resources, resourceNames, verbs }: Rule, { group, resource, verb }: AccessQuery): boolean {
  const has = (list: readonly string[], wanted: string) => list.includes(wanted) || list.includes('*');
  return resourceNames.length === 0 && has(apiGroups, group) && has(resources, resource) && has(verbs, verb);
}

function inWords({ verb, resource, group }: AccessQuery): string {
  return `${verb} ${resource}${group === '' ? '' : `.${group}`}`;
}
