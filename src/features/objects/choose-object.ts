import { t } from '../../core/l10n.ts';
import { JarvisError } from '../../core/errors.ts';
import { type ApiKindName, apiKinds, objectRef } from '../../domain/kubernetes/api-kinds.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { once } from '../../domain/kubernetes/once.ts';
import type { Services } from '../../services.ts';
import { inLabel } from '../../ui/plain-text.ts';
import { type Choice, ask, pick } from '../../ui/prompts.ts';
import { duration } from '../../ui/time.ts';
import { allContexts, pickCluster } from './choose-cluster.ts';

export interface Wanted {
  /** What is asked: "Describe what?" */
  readonly title: string;
  /** Without them, all that are rows of the tree. */
  readonly kinds?: readonly ApiKindName[];
}

const allKinds = Object.keys(apiKinds) as ApiKindName[];
const ofCluster: readonly ApiKindName[] = ['namespaces', 'nodes'];

/** Context, namespace, kind, object: asks only where there is a choice. @throws JarvisError, CancelledError */
export async function chooseObject({ clusters }: Pick<Services, 'clusters'>, wanted: Wanted): Promise<ObjectRef> {
  const { title, kinds = allKinds } = wanted;
  const cluster = clusters.cluster(await pickCluster(clusters, await allContexts(clusters)));
  const namespace = await pickNamespace(cluster, title, kinds);
  const here = kinds.filter((kind) => ofCluster.includes(kind) === (namespace === undefined));
  const [first, ...others] = here;
  const kind = first && others.length === 0 ? first : await pick(here.map(kindChoice), { title });
  return pickObject(cluster, kind, namespace, title);
}

/** One of the objects of that kind there. @throws JarvisError, CancelledError */
async function pickObject(
  cluster: Cluster,
  kind: ApiKindName,
  namespace: string | undefined,
  title: string,
): Promise<ObjectRef> {
  return pick((signal) => objectChoices(cluster, kind, namespace, signal), {
    title,
    placeHolder: [apiKinds[kind].kind, namespace, cluster.ref.context].filter(Boolean).join(' · '),
  });
}

/** All objects of that kind there, by name. */
export async function objectChoices(
  cluster: Cluster,
  kind: ApiKindName,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly Choice<ObjectRef>[]> {
  const objects = await once(cluster, kind, namespace, signal);
  if (objects.length === 0) throw none(kind, namespace ?? cluster.ref.context);
  const now = Date.now() + cluster.clockSkew;
  return objects
    .map((object) => ({
      label: inLabel(object.name),
      description: duration(now - object.createdAt),
      value: objectRef(cluster.ref, kind, object),
    }))
    .sort((a, b) => a.label.localeCompare(b.label, undefined, { numeric: true }));
}

/** Undefined: an object of the cluster. Where namespaces may not be listed, one can be typed. */
async function pickNamespace(
  cluster: Cluster,
  title: string,
  kinds: readonly ApiKindName[],
): Promise<string | undefined> {
  const beside: Choice<Where>[] = kinds.some((kind) => ofCluster.includes(kind))
    ? [{ label: t('Objects of the cluster'), description: 'Node · Namespace', value: { namespace: undefined } }]
    : [];
  const question = t('Which namespace of {0}?', cluster.ref.context);
  const choices = async (signal: AbortSignal) => [...(await namespaceChoices(cluster, signal)), ...beside];
  const chosen = await pick<Where>(choices, { title, placeHolder: question });
  if (chosen !== 'type') return chosen.namespace;
  return ask({ title, prompt: question, validateInput: namespaceProblem });
}
type Where = { readonly namespace: string | undefined } | 'type';

async function namespaceChoices(cluster: Cluster, signal: AbortSignal): Promise<Choice<Where>[]> {
  try {
    const namespaces = await once(cluster, 'namespaces', undefined, signal);
    return namespaces.map(({ name }) => nameChoice(name)).sort((a, b) => a.label.localeCompare(b.label));
  } catch (error) {
    if (!(error instanceof JarvisError) || error.code !== 'kube.forbidden') throw error;
    const found = await cluster.findNamespaces([], signal);
    const typed: Choice<Where> = { label: t('Type a namespace…'), detail: error.message, value: 'type' };
    return [...found.map(({ name }) => nameChoice(name)), typed];
  }
}

function nameChoice(namespace: string): Choice<Where> {
  return { label: inLabel(namespace), value: { namespace } };
}

/** RFC 1123 label. Source: k8s.io/apimachinery pkg/util/validation (IsDNS1123Label). */
function namespaceProblem(text: string): string | undefined {
  const isName = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text);
  return isName ? undefined : t('A namespace has lower-case letters, digits and dashes.');
}

function kindChoice(kind: ApiKindName): Choice<ApiKindName> {
  return { label: apiKinds[kind].kind, description: apiKinds[kind].group, value: kind };
}

function none(kind: ApiKindName, where: string): JarvisError {
  return new JarvisError({
    code: 'kube.notFound',
    message: t('There is no {0} in {1}.', apiKinds[kind].kind, where),
  });
}
