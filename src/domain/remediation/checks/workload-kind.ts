import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { targetKinds } from '../target-kinds.ts';
import type { Target } from '../target.ts';

/** Where the target's kind lives, of those that keep pods. @throws JarvisError remediation.badInput */
export function workloadKindOf({ kind, name }: Pick<Target, 'kind' | 'name'>) {
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet') return targetKinds[kind];
  throw new JarvisError({ code: 'remediation.badInput', message: t('{0} {1} has no pods of its own.', kind, name) });
}
