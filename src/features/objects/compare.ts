import { t } from '../../core/l10n.ts';
import { type ApiKindName, apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { Services } from '../../services.ts';
import { type Choice, pick } from '../../ui/prompts.ts';
import { chooseObject, objectChoices } from './choose-object.ts';

/** With what an object is to be compared: its own kind beside it first, then anywhere. @throws JarvisError, CancelledError */
export async function chooseOther(services: Pick<Services, 'clusters'>, object: ObjectRef): Promise<ObjectRef> {
  const title = t('Compare {0} {1} with what?', object.kind, object.name);
  const kind = kindOf(object);
  const elsewhere: Choice<ObjectRef | undefined> = { label: t('Elsewhere…'), value: undefined };
  const choices = async (signal: AbortSignal) => [...(await besides(services, object, kind, signal)), elsewhere];
  return (
    (await pick<ObjectRef | undefined>(choices, { title })) ??
    chooseObject(services, kind ? { title, kinds: [kind] } : { title })
  );
}

async function besides(
  { clusters }: Pick<Services, 'clusters'>,
  { cluster, namespace, uid }: ObjectRef,
  kind: ApiKindName | undefined,
  signal: AbortSignal,
): Promise<readonly Choice<ObjectRef>[]> {
  if (!kind) return [];
  const all = await objectChoices(clusters.cluster(cluster), kind, namespace || undefined, signal);
  return all.filter(({ value }) => value.uid !== uid);
}

function kindOf({ group, resource }: ObjectRef): ApiKindName | undefined {
  const names = Object.keys(apiKinds) as ApiKindName[];
  return names.find((name) => apiKinds[name].group === group && apiKinds[name].resource === resource);
}
