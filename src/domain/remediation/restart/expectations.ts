import { t } from '../../../core/l10n.ts';
import { isReason } from '../../evidence/evidence.ts';
import type { Checks, Expectation } from '../expectation.ts';
import { rolloutMs } from './forecast.ts';
import type { Surroundings } from './observe.ts';
import { field } from './restarted-at.ts';

const seconds = 1_000;
const minutes = 60 * seconds;
/** What a Deployment's progressDeadlineSeconds is by default: a rollout without progress for so long is a failed one. */
const patienceMs = 10 * minutes;

/**
 * The template must have the time; then every pod must be of the new revision and available, and what spoke for the
 * restart must be gone. An undo (`after` is a former time, or none) promises the rollout alone.
 */
export function expectationsOf(
  { rollout, wanted, pods, evidence }: Surroundings,
  after: string | undefined,
): Expectation[] {
  const estimate = rolloutMs(rollout, wanted, pods ?? []) ?? 0;
  const withinMs = patienceMs + 2 * estimate;
  const time = after === undefined ? {} : { restartedAt: after };
  const changed: Expectation = {
    id: 'field',
    role: 'change',
    label: after === undefined ? t('restartedAt is not set') : t('restartedAt is {0}', after),
    withinMs: 30 * seconds,
    check: { kind: 'field', path: field, ...(after !== undefined && { equals: after }) },
  };
  const rolledOut: Expectation = {
    id: 'rolledOut',
    role: 'recovery',
    label: t('New pods are available, the old ones are gone'),
    withinMs,
    check: { kind: 'rolledOut', ...time, keeps: rollout.partition },
  };
  const evidenceGone: Expectation = {
    id: 'evidenceGone',
    role: 'recovery',
    label: t('What spoke for the restart is gone'),
    withinMs,
    check: { kind: 'evidenceGone', ...spokenFor(evidence) },
  };
  return [changed, rolledOut, ...(evidence.some(isReason) ? [evidenceGone] : [])];
}

function spokenFor(evidence: Surroundings['evidence']): Checks['evidenceGone'] {
  const older = evidence.filter((one) => one.kind === 'older');
  const moved = evidence.filter((one) => one.kind === 'moved');
  return {
    sources: older.map(({ source: { kind, name }, changedAt }) => ({ kind, name, changedAt })),
    containers: moved.map(({ container }) => container),
  };
}
