import { t } from '../../../core/l10n.ts';
import type { Json, JsonObject, JsonPatchOperation } from '../../../domain/remediation/json.ts';
import type { Operations } from '../../../domain/remediation/operation.ts';
import type { RouteProblem } from '../../../domain/remediation/route.ts';
import { apiKindOf } from '../../../domain/remediation/target-kinds.ts';
import type { Target } from '../../../domain/remediation/target.ts';
import { guardsHold, valueAt } from '../../kubernetes/json-pointer.ts';
import { fieldManager } from '../../kubernetes/objects.ts';
import type { DirectClient, Performer } from './performer.ts';

/**
 * One JSON patch to the API server, whose `test` operations hold UID and old values, so that it is applied to exactly
 * what was planned for, once, or not at all.
 */
export const patch: Performer<Operations['patch']> = {
  preview({ cluster, kind, namespace, name }, { patch }) {
    const guards = patch.filter(({ op }) => op === 'test').map(inWords);
    const writes = patch.filter(({ op }) => op !== 'test').map(inWords);
    return [
      { label: t('API server'), value: cluster.server },
      { label: t('Object'), value: `${kind} ${namespace}/${name}` },
      { label: t('Guarded by'), value: guards.join('\n') },
      { label: t('Change'), value: writes.join('\n') },
      { label: t('Field manager'), value: fieldManager },
    ];
  },

  check: ({ client }, target, _, signal) => checkAccess(client, target, signal),

  async perform({ client }, target, { patch }, signal) {
    await client.patch(target, patch, signal);
    return undefined;
  },

  async wasPerformed({ client }, target, { patch }, signal) {
    return wasApplied(await client.read(target, signal), patch);
  },
};

function inWords(operation: JsonPatchOperation): string {
  if (operation.op === 'remove') return `${operation.path} ✕`;
  return `${operation.path} ${operation.op === 'test' ? '=' : '←'} ${JSON.stringify(operation.value)}`;
}

async function checkAccess(client: DirectClient, target: Target, signal: AbortSignal): Promise<RouteProblem[]> {
  const { group, resource } = apiKindOf(target.kind);
  const { namespace, name } = target;
  const access = { verb: 'patch', group, resource, namespace, name };
  const { allowed, reason } = await client.cluster(target.cluster).may(access, signal);
  if (allowed) return [];
  const message = t('You may not change {0} {1} in {2}. {3}', target.kind, name, namespace, reason).trim();
  return [{ code: 'kube.forbidden', message, severity: 'blocks' }];
}

/**
 * Our patch is in the object when its values are there and we are their field manager. In doubt it is not: sending it
 * again is safe, since its guards hold for one time only.
 */
function wasApplied(object: JsonObject, patch: readonly JsonPatchOperation[]): boolean {
  if (guardsHold(object, patch)) return false;
  const writes = patch.filter(({ op }) => op !== 'test');
  return writes.every((write) => valueIs(object, write) && (write.op === 'remove' || weManage(object, write.path)));
}

function valueIs(object: JsonObject, write: JsonPatchOperation): boolean {
  const wanted = write.op === 'remove' ? undefined : write.value;
  return JSON.stringify(valueAt(object, write.path)) === JSON.stringify(wanted);
}

function weManage(object: JsonObject, path: string): boolean {
  const field = path.replaceAll('/', '/f:');
  const entries = valueAt(object, '/metadata/managedFields');
  return Array.isArray(entries) && entries.some((entry: Json) => ours(entry) && valueAt(entry, `/fieldsV1${field}`));
}

function ours(entry: Json): boolean {
  return valueAt(entry, '/manager') === fieldManager;
}
