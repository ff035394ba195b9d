import { t } from '../../../core/l10n.ts';
import { nameOf } from '../../../domain/remediation/change.ts';
import type { Change } from '../../../domain/remediation/plan.ts';
import { valueText } from './lines.ts';

/** Field by field, before and after: signs and words, not colour alone. */
export function Diff({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <table class="diff">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">{t('Field')}</th>
          <th scope="col">{t('Before')}</th>
          <th scope="col">{t('After')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map((change) => (
          <tr key={nameOf(change)}>
            <th scope="row" class="mono">
              {nameOf(change)}
            </th>
            <td class="mono before">
              <span aria-hidden="true">− </span>
              <del>{valueText(change.before)}</del>
            </td>
            <td class="mono after">
              <span aria-hidden="true">+ </span>
              <ins>{valueText(change.after)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
