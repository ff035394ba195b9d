import { type Remedy, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Route, RouteGate } from '../remediation/route.ts';
import type { SetUpRemedy } from './files.ts';
import type { Link } from './link.ts';
import { type NameOf, intentOf } from './intent.ts';

type GatedRoute = Pick<Route, 'prepare' | 'gates'>;

/**
 * Who has to approve what the workflows of these remedies do: each environment that one of them names, once.
 * @throws CancelledError
 */
export async function environmentLinks(
  route: GatedRoute,
  remedies: readonly SetUpRemedy[],
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const found = await Promise.all(remedies.map((remedy) => gatesOf(route, remedy, nameOf, signal)));
  const links = new Map(found.flat().map((link) => [link.title, link]));
  return [...links.values()];
}

async function gatesOf(
  route: GatedRoute,
  remedy: SetUpRemedy,
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const title = t('Environment of {0}', nameOf(remedy));
  try {
    const gates = (await route.gates?.(await route.prepare(intentOf(remedy), signal), signal)) ?? [];
    return gates.length === 0 ? [unnamed(title)] : gates.map(linkOf);
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { message, remedies } = toJarvisError(error);
    return [{ title, state: 'untested', detail: message, remedies }];
  }
}

function unnamed(title: string): Link {
  const detail = t('The workflow names no environment: its runs start without an approval.');
  return { title, state: 'warning', detail, remedies: [{ kind: 'setUp' }] };
}

function linkOf({ name, state, url }: RouteGate): Link {
  const remedies: readonly Remedy[] = [{ kind: 'openUrl', url }, { kind: 'retry' }];
  const of = (how: Link['state'], detail: string): Link => ({
    title: t('Environment {0} on GitHub', name),
    state: how,
    detail,
    remedies: how === 'ok' ? [] : remedies,
  });
  switch (state) {
    case 'guarded':
      return of('ok', t('Reviewers approve each run.'));
    case 'open':
      return of('warning', t('It has no reviewers: runs start without an approval.'));
    case 'missing':
      return of('missing', t('Nobody has made it: the first run would make it, without reviewers.'));
    case 'unknown':
      return of(
        'untested',
        t('Whether it has reviewers is unknown: GitHub does not tell you, or a run decides its name.'),
      );
  }
}
