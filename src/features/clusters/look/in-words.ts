import { t } from '../../../core/l10n.ts';
import { isFiltering, type Look } from './look.ts';

/** The filter in force as the view's message; empty without one. */
export function filterInWords(look: Look): string {
  if (!isFiltering(look)) return '';
  const { text, labels, onlyProblems } = look;
  const parts = [
    ...(text.trim() ? [`"${text.trim()}"`] : []),
    ...(labels.trim() ? [t('labels {0}', labels.trim())] : []),
    ...(onlyProblems ? [t('only problems')] : []),
  ];
  return t('Filter: {0}', parts.join(', '));
}

/** What else is not as at first, beside the view's title. */
export function lookInWords({ groupBy, hidesSystem }: Look): string {
  return [
    ...(groupBy === 'release' ? [t('by Helm release')] : []),
    ...(hidesSystem ? [t('system namespaces hidden')] : []),
  ].join(', ');
}
