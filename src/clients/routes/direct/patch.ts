import { t } from '../../../core/l10n.ts';
import type { JsonPatchOperation } from '../../../domain/remediation/json.ts';
import { marked, markOf, markPath } from '../../../domain/remediation/mark.ts';
import type { Operations } from '../../../domain/remediation/operation.ts';
import type { RouteProblem } from '../../../domain/remediation/route.ts';
import { apiKindOf } from '../../../domain/remediation/target-kinds.ts';
import type { Target } from '../../../domain/remediation/target.ts';
import { fieldManager } from '../../kubernetes/objects.ts';
import type { DirectClient, Performer } from './performer.ts';

/**
 * One JSON patch to the API server, whose `test` operations hold UID and old values, so that it is applied to exactly
 * what was planned for, once, or not at all.
 */
export const patch: Performer<Operations['patch']> = {
  preview({ planId, target: { cluster, kind, namespace, name }, operation: { patch } }) {
    const guards = patch.filter(({ op }) => op === 'test').map(inWords);
    const writes = patch.filter(({ op }) => op !== 'test').map(inWords);
    return [
      { label: t('API server'), value: cluster.server },
      { label: t('Object'), value: `${kind} ${namespace}/${name}` },
      { label: t('Guarded by'), value: guards.join('\n') },
      { label: t('Change'), value: [...writes, `${markPath} ← ${JSON.stringify(planId)}`].join('\n') },
      { label: t('Field manager'), value: fieldManager },
    ];
  },

  check: ({ client }, { target }, signal) => checkAccess(client, target, signal),

  /** The mark depends on the annotations that are there by now. */
  async perform({ client }, { planId, target, operation: { patch } }, signal) {
    const object = await client.read(target, signal);
    await client.patch(target, marked(object, patch, planId), signal);
    return undefined;
  },

  afterwards: () => t('The API server has accepted the change.'),

  /** Where another plan has written since, it is not known any more; sending it again is safe: its guards hold only once. */
  async wasPerformed({ client }, { planId, target }, signal) {
    return markOf(await client.read(target, signal)) === planId;
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
