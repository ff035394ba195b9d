import type { GroupName } from './groups.ts';
import type { Finding, Problem, Rule, Subject } from './model.ts';

/** What a rule has found; the rule without the type of what it looks at. */
export interface Found {
  readonly rule: Omit<Rule<never>, 'check'>;
  readonly problem: Problem;
  readonly subject: Subject;
}

/** All that was found in a group, by UID, whether it holds at the moment or not. */
export interface Group extends GroupName {
  readonly found: ReadonlyMap<string, readonly Found[]>;
  /** The workload, where it is known. */
  readonly subject: Subject | undefined;
}

export interface Reading {
  readonly findings: readonly Finding[];
  /** Until then nothing changes by time alone. */
  readonly until: number;
}

/** What people are told of a group now: the most telling explanation of each object, the same ones together. */
export function read(group: Group, now: number): Reading {
  let until = Infinity;
  const told: Found[] = [];
  for (const found of group.found.values()) {
    until = Math.min(until, ...found.map(({ problem }) => nextChange(problem, now)));
    told.push(...withoutCovered(found.filter(({ problem }) => holds(problem, now))));
  }
  const isExplained = told.some(({ subject, rule }) => subject.kind === 'pods' && rule.severity !== 'info');
  const consequences = isExplained ? told.filter(({ rule }) => rule.yieldsToPods) : [];
  const buckets = new Map<string, [Found, ...Found[]]>();
  for (const one of told) {
    if (consequences.includes(one)) continue;
    const key = `${one.rule.id} ${one.problem.cause}`;
    const bucket = buckets.get(key);
    if (bucket) bucket.push(one);
    else buckets.set(key, [one]);
  }
  const findings = [...buckets].map(([key, bucket]) => finding(`${group.key} ${key}`, bucket, group, consequences));
  return { findings, until };
}

function holds({ from = -Infinity, until = Infinity }: Problem, now: number): boolean {
  return from <= now && now < until;
}

function nextChange({ from, until }: Problem, now: number): number {
  return Math.min(...[from, until].filter((at) => at !== undefined && at > now).map(Number), Infinity);
}

function withoutCovered(found: readonly Found[]): readonly Found[] {
  if (found.length < 2) return found;
  const covered = new Set(found.flatMap(({ rule }) => rule.covers ?? []));
  return found.filter(({ rule }) => !covered.has(rule.id));
}

/** Objects with the same trouble as one row; a consequence for their workload is told in the detail. */
function finding(
  key: string,
  bucket: readonly [Found, ...Found[]],
  { name, subject }: GroupName & Pick<Group, 'subject'>,
  consequences: readonly Found[],
): Finding {
  const [first] = bucket;
  const { problem, rule } = first;
  const count = bucket.length;
  const problems = bucket.map((one) => one.problem);
  return {
    key,
    rule: rule.id,
    severity: rule.severity,
    source: rule.source,
    sentence: problem.sentence({ name, count }),
    detail: () => [
      ...problem.detail(),
      ...(first.subject.kind === 'pods' ? consequences.map((one) => one.problem.sentence({ name, count: 1 })) : []),
    ],
    subject: count === 1 ? first.subject : (subject ?? first.subject),
    count,
    ...summary(problems),
    members: () => (count === 1 ? [] : bucket.map(member)),
  };
}

/** One of several, by its own name. */
function member(one: Found): Finding {
  const { subject } = one;
  return finding(subject.uid, [one], { key: subject.uid, name: subject.name, subject }, []);
}

/** Since the first, last of all, so often in all. */
function summary(problems: readonly Problem[]): Pick<Finding, 'since' | 'times' | 'lastAt'> {
  const since = Math.min(...problems.map((one) => one.since ?? Infinity));
  const lastAt = Math.max(...problems.map((one) => one.lastAt ?? 0));
  const times = problems.reduce((sum, one) => sum + (one.times ?? 0), 0);
  return {
    ...(Number.isFinite(since) && { since }),
    ...(lastAt > 0 && { lastAt }),
    ...(times > 0 && { times }),
  };
}
