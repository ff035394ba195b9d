import { mapLimited } from '../../core/async.ts';
import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AccessQuery, Cluster } from '../kubernetes/cluster.ts';
import type { SetUpRemedy } from './files.ts';
import { atOnce, type Link } from './link.ts';
import { needsOf } from './needs.ts';
import type { NameOf } from './intent.ts';

/**
 * May this person plan, verify and, where Jarvis writes by itself, write? One link for each remedy and namespace.
 * @param namespaces `undefined`: all of them at once
 * @param writes whether Jarvis has to write by itself, for want of another route
 * @throws CancelledError
 */
export function accessLinks(
  cluster: Pick<Cluster, 'may' | 'ref'>,
  namespaces: readonly (string | undefined)[],
  remedies: readonly SetUpRemedy[],
  { nameOf, writes }: { readonly nameOf: NameOf; readonly writes: 'must' | 'may' },
  signal: AbortSignal,
): Promise<readonly Link[]> {
  const each = namespaces.flatMap((namespace) => remedies.map((remedy) => ({ namespace, remedy })));
  return mapLimited(each, atOnce, async ({ namespace, remedy }): Promise<Link> => {
    const place = namespace ?? t('all namespaces');
    const title = t('Rights for {0} in {1}, {2}', nameOf(remedy), cluster.ref.context, place);
    const found = await verdict(cluster, remedy, namespace, signal);
    const isNeeded = found.state === 'warning' && writes === 'must';
    return { title, ...found, ...(isNeeded && { state: 'missing' }) };
  });
}

async function verdict(
  cluster: Pick<Cluster, 'may'>,
  remedy: SetUpRemedy,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<Omit<Link, 'title'>> {
  const { reads, writes } = needsOf[remedy];
  const within = namespace === undefined ? {} : { namespace };
  const reading = reads.flatMap((what) => ['get', 'list', 'watch'].map((verb) => ({ verb, ...what, ...within })));
  const writing = writes.map((what) => ({ ...what, ...within }));
  try {
    const [unread, unwritten] = [await refused(cluster, reading, signal), await refused(cluster, writing, signal)];
    if (unread !== '') return missing(t('You may not {0}: plans cannot be made or verified.', unread));
    if (unwritten !== '')
      return {
        state: 'warning',
        detail: t(
          'You may not {0}: only needed where Jarvis writes by itself, and for the dry-run of a plan.',
          unwritten,
        ),
        remedies: [{ kind: 'setUp' }],
      };
    return { state: 'ok', detail: t('You may do what a plan needs.'), remedies: [] };
  } catch (error) {
    if (isCancelled(error)) throw error;
    const { message, remedies } = toJarvisError(error);
    return { state: 'missing', detail: message, remedies };
  }
}

/** What may not be done: `list pods, watch pods`. */
async function refused(cluster: Pick<Cluster, 'may'>, queries: readonly AccessQuery[], signal: AbortSignal) {
  const answers = await Promise.all(queries.map(async (query) => ({ query, ...(await cluster.may(query, signal)) })));
  return answers
    .filter(({ allowed }) => !allowed)
    .map(({ query: { verb, group, resource } }) => `${verb} ${resource}${group === '' ? '' : `.${group}`}`)
    .join(', ');
}

function missing(detail: string): Omit<Link, 'title'> {
  return { state: 'missing', detail, remedies: [{ kind: 'setUp' }] };
}
