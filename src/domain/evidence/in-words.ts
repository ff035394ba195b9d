import { t } from '../../core/l10n.ts';
import type { Evidence } from './evidence.ts';
import type { Source } from './sources.ts';

/** One sentence. @param when says a time ("2 h ago") */
export function evidenceInWords(evidence: Evidence, when: (at: number) => string): string {
  switch (evidence.kind) {
    case 'older': {
      const { source, pods, of, changedAt } = evidence;
      const what = sourceInWords(source);
      return t(
        '{0} of {1} pods are older than the {2} that they read: it was written {3}.',
        pods,
        of,
        what,
        when(changedAt),
      );
    }
    case 'moved': {
      const { container, image, builds } = evidence;
      return t(
        'Pods of one revision run {0} different images under {1} (container {2}): the tag was moved.',
        builds,
        image,
        container,
      );
    }
    case 'missing': {
      const what = sourceInWords(evidence.source);
      return evidence.source.optional === true
        ? t('The {0}, which is optional, is not there.', what)
        : t('The {0} is not there: a pod that needs it does not start again.', what);
    }
    case 'unknown': {
      const { source, why } = evidence;
      return t('Whether pods are older than the {0} is unknown: {1}', sourceInWords(source), why);
    }
  }
}

function sourceInWords({ kind, name }: Source): string {
  if (kind !== 'Vault') return `${kind} ${name}`;
  return name === '' ? t('secrets of Vault') : t('secret {0} of Vault', name);
}
