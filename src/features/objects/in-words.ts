import { oneLine } from '../../core/text.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';

/** "Pod front-end in sock-shop on prod-seoul", on one line. */
export function inWords({ kind, name, namespace, cluster }: ObjectRef): string {
  const words = namespace
    ? t('{0} {1} in {2} on {3}', kind, name, namespace, cluster.context)
    : t('{0} {1} on {2}', kind, name, cluster.context);
  return oneLine(words);
}
