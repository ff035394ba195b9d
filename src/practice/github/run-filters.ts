import { conclusionOf, type Run, statusOf } from './run.ts';
import { shortRef } from './repository.ts';
import type { State } from './state.ts';

/** The runs that a list's query asks for, newest first. */
export function filterRuns({ runs, clock, listDelayMs }: State, query: URLSearchParams): readonly Run[] {
  const visible = runs.filter((run) => clock.now() - run.createdAt >= listDelayMs);
  const wanted = (name: string, ...values: readonly (string | undefined)[]) => {
    const asked = query.get(name);
    return asked === null || asked === '' || values.includes(asked);
  };
  return visible
    .filter(
      (run) =>
        wanted('event', 'workflow_dispatch') &&
        wanted('actor', run.actor) &&
        wanted('branch', shortRef(run.target.ref)) &&
        wanted('head_sha', run.target.commit.sha) &&
        wanted('status', statusOf(run), conclusionOf(run)) &&
        createdWithin(query.get('created'), run.createdAt),
    )
    .reverse();
}

/** GitHub's search syntax for dates: `2026-11-21`, `>=…`, `<…`, `a..b` with `*` for open ends. Whole seconds. */
function createdWithin(range: string | null, createdAt: number): boolean {
  if (range === null || range === '') return true;
  const second = Math.floor(createdAt / 1000) * 1000;
  const between = /^(.+)\.\.(.+)$/.exec(range);
  if (between) return second >= from(between[1]) && second <= until(between[2]);
  const [, comparison, date] = /^(>=|<=|>|<)?(.+)$/.exec(range) ?? [];
  if (comparison === '>=') return second >= from(date);
  if (comparison === '>') return second > until(date);
  if (comparison === '<=') return second <= until(date);
  if (comparison === '<') return second < from(date);
  return second >= from(date) && second <= until(date);
}

const day = 86_400_000;
const from = (date = '*') => (date === '*' ? -Infinity : Date.parse(date));
const until = (date = '*') =>
  date === '*' ? Infinity : Date.parse(date) + (/^\d{4}-\d{2}-\d{2}$/.test(date) ? day - 1 : 0);
