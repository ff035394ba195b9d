import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { ReleaseRevision } from '../../kubernetes/model.ts';
import type { JsonObject } from '../json.ts';

type Revisions = readonly Pick<ReleaseRevision, 'release' | 'revision' | 'status'>[];

/** What the release is now. A history has at least one revision. */
export function newestRevision<R extends Pick<ReleaseRevision, 'revision'>>(history: readonly R[]): R {
  return history.reduce((newest, one) => (one.revision > newest.revision ? one : newest));
}

/**
 * The newest revision before the present one that was once in order. Whatever went before a failed or half-done one was
 * deployed or is superseded. Source: helm.sh/helm pkg/release/common, status.go.
 */
export function lastGood(history: Revisions): number | undefined {
  const now = newestRevision(history).revision;
  const good = history.filter(({ status }) => status === 'superseded' || status === 'deployed');
  const earlier = good.filter(({ revision }) => revision < now);
  return earlier.length === 0 ? undefined : newestRevision(earlier).revision;
}

/** The revision to go back to: the one that is asked for, else the last good one. @throws JarvisError remediation.badInput, helm.noGoodRevision */
export function revisionOf(inputs: JsonObject, history: Revisions): number {
  const { revision: asked = lastGood(history) } = inputs;
  const { release } = newestRevision(history);
  if (asked === undefined) throw noGoodRevision(release);
  if (history.some(({ revision }) => revision === asked)) return Number(asked);
  throw new JarvisError({
    code: 'remediation.badInput',
    message: t('{0} has no revision {1}, or no longer.', release, JSON.stringify(asked)),
  });
}

export function noGoodRevision(release: string): JarvisError {
  return new JarvisError({
    code: 'helm.noGoodRevision',
    message: t('{0} has no earlier revision that was in order: there is nothing to roll back to.', release),
  });
}
