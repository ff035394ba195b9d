import { oneLine } from '../../core/text.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { inLabel } from '../../ui/plain-text.ts';
import type { KeptForward } from './kept-forwards.ts';

/** "Pod front-end in sock-shop on prod-seoul", on one line. */
export function inWords({ kind, name, namespace, cluster }: ObjectRef): string {
  const words = namespace
    ? t('{0} {1} in {2} on {3}', kind, name, namespace, cluster.context)
    : t('{0} {1} on {2}', kind, name, cluster.context);
  return oneLine(words);
}

/** The title of a comparison. */
export function comparisonInWords(left: ObjectRef, right: ObjectRef): string {
  return oneLine(`${left.kind} ${left.name} ↔ ${right.name}`);
}

/** A terminal's name, in which VS Code would draw icons. */
export function terminalInWords(container: string, { name }: ObjectRef): string {
  return inLabel(`${container} · ${name}`);
}

/** Where a forwarded port begins, and where it leads. */
export function forwardInWords({ local, remote }: KeptForward['ports'], { name }: ObjectRef): string {
  return oneLine(`127.0.0.1:${local} → ${name}:${remote}`);
}
