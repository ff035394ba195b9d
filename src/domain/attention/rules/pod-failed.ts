import { t } from '../../../core/l10n.ts';
import type { Pod } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';
import { exitInWords, exitMeaning } from './container-words.ts';

/** Its workload has long made another. */
const rememberedMs = 60 * minute;

/** A pod that has ended badly; those of jobs are the business of the job. */
export const podFailed: Rule<Pod> = {
  id: 'podFailed',
  severity: 'warning',
  source: 'kubernetes.io, "Pod Lifecycle": Pod phase; "Node-pressure Eviction"',
  check({ phase, reason, owners, containers, conditions, deletedAt, createdAt }) {
    if (phase !== 'Failed' || deletedAt !== undefined || owners.some(({ kind }) => kind === 'Job')) return undefined;
    const exit = containers.map(({ state }) => state.exit).find((one) => one !== undefined && one.code !== 0);
    const at = exit?.at ?? conditions.find(({ type }) => type === 'Ready')?.changedAt ?? createdAt;
    const why = reason === 'Evicted' ? t('the node was short of something') : exit ? exitInWords(exit) : reason;
    return {
      cause: why,
      sentence: ({ name, count }) => {
        if (reason === 'Evicted')
          return count === 1
            ? t('{0} was evicted: {1}', name, why)
            : t('{0} pods of {1} were evicted: {2}', count, name, why);
        return count === 1 ? t('{0} failed: {1}', name, why) : t('{0} pods of {1} failed: {2}', count, name, why);
      },
      detail: () => [exitMeaning(exit)].filter((text) => text !== undefined),
      lastAt: at,
      until: at + rememberedMs,
    };
  },
};
