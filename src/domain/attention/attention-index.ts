import type { Configuration, CronJob, KubeObject, Pod, ReleaseRevision, Warning } from '../kubernetes/model.ts';
import { type Found, type Group, type Reading, read } from './findings.ts';
import { groupOf } from './groups.ts';
import { Links, aboutKey, relationsOf, releaseKey, uidOfAbout, useKey } from './links.ts';
import type { AttentionKind, Finding, ObjectOf, Problem, Rule, Severity, Subject, Surroundings } from './model.ts';
import { rules } from './rules.ts';

interface Entry {
  readonly kind: AttentionKind;
  readonly object: ObjectOf<AttentionKind>;
}

interface LiveGroup extends Omit<Group, 'subject'> {
  readonly found: Map<string, readonly Found[]>;
  reading: Reading | undefined;
}

/**
 * Everything that needs attention in one cluster, kept up to date object by object: a change costs the rules of that
 * object and of those that are judged by it. Healthy objects cost an entry each. Judging is a step of its own, so that
 * many changes can be judged a part at a time, and each object once however much around it has changed.
 */
export class AttentionIndex {
  readonly #now: () => number;
  readonly #entries = new Map<string, Entry>();
  readonly #providers = new Links();
  readonly #dependents = new Links();
  readonly #groups = new Map<string, LiveGroup>();
  /** The workloads by the key of their group. */
  readonly #workloads = new Map<string, Subject>();
  /** Ids of what has changed, or something around it, since it was judged. */
  readonly #due = new Set<string>();
  readonly #outdated = new Set<LiveGroup>();
  readonly #around: Surroundings;
  #all: Reading | undefined;
  #evaluations = 0;

  /** @param now the server's time, for what has no time of its own */
  constructor(now: () => number) {
    this.#now = now;
    this.#around = this.#surroundings();
  }

  /** How many objects were judged so far. */
  get evaluations(): number {
    return this.#evaluations;
  }

  /** The version of the object that is known here. */
  get(kind: AttentionKind, uid: string): KubeObject | undefined {
    return this.#entries.get(idOf(kind, uid))?.object;
  }

  put<K extends AttentionKind>(kind: K, object: ObjectOf<K>): void {
    const id = idOf(kind, object.uid);
    const before = this.#entries.get(id);
    const withdrawn = before ? this.#unlink(before) : [];
    const { key } = groupOf(kind, object);
    if (before && groupOf(before.kind, before.object).key !== key) this.#keep(before, []);
    this.#entries.set(id, { kind, object });
    const { provides, dependsOn } = relationsOf(kind, object);
    this.#providers.add(provides, id);
    this.#dependents.add(dependsOn, id);
    if (isWorkload(kind)) this.#introduce(key, subjectOf(kind, object));
    this.#due.add(id);
    this.#callDependents(withdrawn);
    this.#callDependents(provides);
  }

  remove(kind: AttentionKind, uid: string): void {
    const id = idOf(kind, uid);
    const before = this.#entries.get(id);
    if (!before) return;
    const withdrawn = this.#unlink(before);
    this.#entries.delete(id);
    if (isWorkload(before.kind)) this.#introduce(groupOf(before.kind, before.object).key, undefined);
    this.#due.delete(id);
    this.#keep(before, []);
    this.#callDependents(withdrawn);
  }

  /** Judges what is due, so many objects at most. @returns whether there are more */
  judge(limit = Infinity): boolean {
    for (const id of this.#due) {
      if (limit-- <= 0) break;
      this.#due.delete(id);
      this.#judge(id);
    }
    this.#settle(this.#now());
    return this.#due.size > 0;
  }

  /** What needs attention now of all that was judged, the gravest first. The same array as long as nothing has changed. */
  findings(now = this.#now()): readonly Finding[] {
    this.#settle(now);
    if (!this.#all || now >= this.#all.until) this.#all = this.#readAll(now);
    return this.#all.findings;
  }

  /** Reads the groups that have changed anew. */
  #settle(now: number): void {
    for (const group of this.#outdated) {
      if (group.found.size === 0) this.#groups.delete(group.key);
      else group.reading = read(this.#named(group), now);
    }
    this.#outdated.clear();
  }

  #readAll(now: number): Reading {
    const findings: Finding[] = [];
    let until = Infinity;
    for (const group of this.#groups.values()) {
      if (!group.reading || now >= group.reading.until) group.reading = read(this.#named(group), now);
      for (const finding of group.reading.findings) findings.push(finding);
      until = Math.min(until, group.reading.until);
    }
    return { findings: findings.sort(byGravity), until };
  }

  #named(group: LiveGroup): Group {
    return { ...group, subject: this.#workloads.get(group.key) };
  }

  #unlink({ kind, object }: Entry): readonly string[] {
    const { provides, dependsOn } = relationsOf(kind, object);
    this.#providers.remove(provides, idOf(kind, object.uid));
    this.#dependents.remove(dependsOn, idOf(kind, object.uid));
    return provides;
  }

  /** A workload has come, gone or changed its UID: what is told of its pods leads to it. */
  #introduce(key: string, subject: Subject | undefined): void {
    if (this.#workloads.get(key)?.uid === subject?.uid) return;
    if (subject) this.#workloads.set(key, subject);
    else this.#workloads.delete(key);
    const group = this.#groups.get(key);
    if (group) this.#touch(group);
  }

  #touch(group: LiveGroup): void {
    this.#outdated.add(group);
    this.#all = undefined;
  }

  #callDependents(keys: readonly string[]): void {
    for (const key of keys) {
      for (const id of this.#dependents.get(key)) this.#due.add(id);
      const about = uidOfAbout(key);
      if (about !== undefined && this.#entries.has(about)) this.#due.add(about);
    }
  }

  #judge(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#evaluations++;
    this.#keep(entry, check(entry.kind, entry.object, this.#around));
  }

  /** Remembers what was found; nothing was found means that nothing is kept. */
  #keep({ kind, object }: Entry, problems: readonly Omit<Found, 'subject'>[]): void {
    const name = groupOf(kind, object);
    const id = idOf(kind, object.uid);
    const known = this.#groups.get(name.key);
    const before = known?.found.get(id);
    if (problems.length === 0 && !before) return;
    const group = known ?? { ...name, found: new Map(), reading: undefined };
    const subject = subjectOf(kind, object);
    if (problems.length === 0) group.found.delete(id);
    else {
      const found = problems.map(({ rule, problem }) => ({
        rule,
        subject,
        problem: this.#timed(problem, rule, before),
      }));
      group.found.set(id, found);
    }
    this.#groups.set(name.key, group);
    this.#touch(group);
  }

  /** A problem that no time tells of holds from when it has been seen long enough. */
  #timed(problem: Problem, { id }: Found['rule'], before: readonly Found[] = []): Problem {
    if (problem.patienceMs === undefined) return problem;
    const known = before.find(({ rule, problem: old }) => rule.id === id && old.patienceMs !== undefined);
    const since = known?.problem.since ?? this.#now();
    return { ...problem, since, from: since + problem.patienceMs };
  }

  #surroundings(): Surroundings {
    const entries = this.#entries;
    const providers = this.#providers;
    const all = function* <T extends KubeObject>(key: string): Generator<T> {
      for (const id of providers.get(key)) {
        const object: KubeObject | undefined = entries.get(id)?.object;
        if (object) yield object as T;
      }
    };
    return {
      warningsAbout: (uid) => [...all<Warning>(aboutKey(uid))],
      configuration: (source, namespace) => [...all<Configuration>(useKey(source, namespace))][0],
      crewOf: ({ kind, namespace, name }) => [...all<Pod>(useKey({ kind, name }, namespace))],
      podsUsing: ({ namespace, name }) => [...all<Pod>(useKey({ kind: 'PersistentVolumeClaim', name }, namespace))],
      cronJob: (uid) => entries.get(uid)?.object as CronJob | undefined,
      history: (one) => [...all<ReleaseRevision>(releaseKey(one))],
    };
  }
}

function check<K extends AttentionKind>(kind: K, object: ObjectOf<K>, around: Surroundings): Omit<Found, 'subject'>[] {
  const of: readonly Rule<ObjectOf<K>>[] = rules[kind];
  const found: Omit<Found, 'subject'>[] = [];
  for (const rule of of) {
    const problem = rule.check(object, around);
    if (problem) found.push({ rule, problem });
  }
  return found;
}

function subjectOf(kind: AttentionKind, { namespace, name, uid }: KubeObject): Subject {
  return { kind, namespace, name, uid };
}

/** Two kinds read the Secrets of releases, each in its own way; all others have their objects for themselves. */
function idOf(kind: AttentionKind, uid: string): string {
  return kind === 'releaserecords' ? `${uid} record` : uid;
}

function isWorkload(kind: AttentionKind): boolean {
  return ['deployments', 'statefulsets', 'daemonsets', 'jobs', 'cronjobs'].includes(kind);
}

const severities: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const ruleOrder = new Map(
  Object.values(rules)
    .flat()
    .map(({ id }, index) => [id, index]),
);
const collator = new Intl.Collator('en', { numeric: true });

function byGravity(a: Finding, b: Finding): number {
  return (
    severities[a.severity] - severities[b.severity] ||
    (ruleOrder.get(a.rule) ?? 0) - (ruleOrder.get(b.rule) ?? 0) ||
    collator.compare(a.subject.namespace, b.subject.namespace) ||
    collator.compare(a.subject.name, b.subject.name)
  );
}
