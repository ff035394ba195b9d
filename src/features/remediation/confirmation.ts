import { t } from '../../core/l10n.ts';
import { oneLine, withoutHalves } from '../../core/text.ts';
import { firstOf, nameOf } from '../../domain/remediation/change.ts';
import type { Change, Plan } from '../../domain/remediation/plan.ts';
import type { Confirmation } from '../../ui/confirm.ts';

/** The plan as the modal says it: which cluster, which object, which change, by which route, at what risk. */
export function confirmationOf(plan: Plan): Confirmation {
  const { cluster, namespace, kind, name } = plan.target;
  const lines = [
    t('Cluster: {0} ({1})', cluster.context, cluster.server),
    t('Namespace: {0}', namespace),
    t('Object: {0} {1}', kind, name),
    ...changeLines(plan),
    t('Route: {0}', routeOf(plan)),
    ...(plan.backAfterMs === undefined ? [] : [t('Taken back by itself after {0} minutes', plan.backAfterMs / 60_000)]),
    ...warningsOf(plan).map((text) => `⚠ ${text}`),
  ];
  return { question: oneLine(`${plan.title}?`), detail: lines.map(oneLine).join('\n'), action: t('Run') };
}

/** Where it goes: the server, and the first things that the route says of itself. */
function routeOf({ request }: Plan): string {
  return request.preview
    .slice(0, 3)
    .filter(({ value }) => !value.includes('\n'))
    .map(({ value }) => value)
    .join(' · ');
}

/** The page behind the question shows them all, and whole. */
const mostChanges = 8;
const longestValue = 80;

function changeLines({ changes }: Plan): string[] {
  const { shown, more } = firstOf(changes, mostChanges);
  return [...shown.map(changeLine), ...(more > 0 ? [t('… and {0} more changes', more)] : [])];
}

function changeLine(change: Change): string {
  return t('Change: {0} from {1} to {2}', nameOf(change), show(change.before), show(change.after));
}

function warningsOf(plan: Plan): string[] {
  return [
    ...plan.effects.filter(({ severity }) => severity === 'warning').map(({ text }) => text),
    ...plan.owners.filter(({ reverts }) => reverts).map(({ consequence }) => consequence),
    ...plan.problems.map(({ message }) => message),
  ];
}

function show(value: Change['before']): string {
  const text = value === undefined ? t('not set') : JSON.stringify(value);
  return text.length > longestValue ? `${withoutHalves(text.slice(0, longestValue))}…` : text;
}
