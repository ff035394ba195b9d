import { t } from '../../core/l10n.ts';
import type { Evidence } from './evidence.ts';

/** One sentence. @param when says a time ("2 h ago") */
export function evidenceInWords(evidence: Evidence, when: (at: number) => string): string {
  switch (evidence.kind) {
    case 'older': {
      const { use, pods, of, changedAt } = evidence;
      const what = `${use.kind} ${use.name}`;
      return t(
        '{0} of {1} pods are older than the {2} that they read: it was written {3}.',
        pods,
        of,
        what,
        when(changedAt),
      );
    }
    case 'missing': {
      const { kind, name, optional } = evidence.use;
      return optional === true
        ? t('The {0} {1}, which is optional, is not there.', kind, name)
        : t('The {0} {1} is not there: a pod that needs it does not start again.', kind, name);
    }
    case 'unknown': {
      const { use, why } = evidence;
      return t('Whether pods are older than the {0} {1} is unknown: {2}', use.kind, use.name, why);
    }
  }
}
