import { t } from '../../core/l10n.ts';
import type { ScopeAlarms } from '../alarms/source.ts';
import type { Link } from './link.ts';

const setting = { kind: 'openSetting', setting: 'jarvis.aws.scopes' } as const;

/** How the alarms of each scope arrive. */
export function queueLinks(scopes: readonly ScopeAlarms[]): readonly Link[] {
  if (scopes.length === 0) return [noScopes()];
  return scopes.map((alarms) => ({ title: t('Alarms of {0}', alarms.scope.label), ...verdict(alarms) }));
}

function noScopes(): Link {
  const detail = t('No account of AWS is known: no alarm rings here, and none tells that a remedy has helped.');
  return { title: t('Alarms'), state: 'missing', detail, remedies: [setting] };
}

function verdict({ scope, alarms, feed }: ScopeAlarms): Omit<Link, 'title'> {
  if (alarms.state === 'failed' || alarms.state === 'stale')
    return { state: 'missing', detail: alarms.error.message, remedies: alarms.error.remedies };
  if (!scope.queueUrl) {
    const detail = t('No queue: Jarvis asks every {0} s, while somebody looks.', feed.pollSeconds);
    return { state: 'warning', detail, remedies: [setting, { kind: 'setUp' }] };
  }
  if (feed.problem !== undefined) return { state: 'missing', detail: feed.problem, remedies: [setting] };
  if (feed.mode === 'push') return { state: 'ok', detail: t('The queue is read.'), remedies: [] };
  return { state: 'untested', detail: t('The queue has not been read yet.'), remedies: [{ kind: 'retry' }] };
}
