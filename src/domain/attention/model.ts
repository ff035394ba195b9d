import type { Source } from '../evidence/sources.ts';
import type { Kind, KindMap } from '../kubernetes/kind-map.ts';
import type { Configuration, CronJob, KubeObject, Pod, ReleaseRevision, Warning } from '../kubernetes/model.ts';

/** `error`: something does not work. `warning`: it works badly, or may stop soon. `info`: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** The kinds that the rules read. */
export const attentionKinds = [
  'pods',
  'deployments',
  'statefulsets',
  'daemonsets',
  'jobs',
  'cronjobs',
  'horizontalpodautoscalers',
  'troubledreleases',
  'releaserecords',
  'nodes',
  'persistentvolumeclaims',
  'secrets',
  'configmaps',
  'warnings',
] as const satisfies readonly Kind[];
export type AttentionKind = (typeof attentionKinds)[number];

/** What one rule knows about one kind of trouble. Pure: time enters only as the span in which a problem holds. */
export interface Rule<T extends KubeObject> {
  readonly id: string;
  readonly severity: Severity;
  /** Where it is written that this is trouble, and how it shows. */
  readonly source: string;
  /** Rules that would only say the same in other words about the same object. */
  readonly covers?: readonly string[];
  /** Is said only where nothing that its pods have explains it. */
  readonly yieldsToPods?: boolean;
  check(object: T, around: Surroundings): Problem | undefined;
}

/** What rules see beside the object itself. Whoever gives less gets fewer problems, never wrong ones. */
export interface Surroundings {
  warningsAbout(uid: string): readonly Warning[];
  configuration(source: Source, namespace: string): Configuration | undefined;
  podsUsing(claim: { readonly namespace: string; readonly name: string }): readonly Pod[];
  /** The pods of a Deployment, StatefulSet or DaemonSet of which it is known which images they run. */
  crewOf(workload: { readonly kind: string; readonly namespace: string; readonly name: string }): readonly Pod[];
  cronJob(uid: string): CronJob | undefined;
  /** All revisions of the release, this one too; empty where they are not known. */
  history(release: ReleaseRevision): readonly ReleaseRevision[];
}

/** Whom a sentence is about: the name of the thing, or of the workload of which so many pods are meant. */
export interface Who {
  readonly name: string;
  readonly count: number;
}

/** One thing that is wrong with one object. Times are milliseconds of the server's clock. */
export interface Problem {
  /** Objects of one workload whose problems have the same rule and cause are one finding. */
  readonly cause: string;
  readonly sentence: (who: Who) => string;
  /** Paragraphs: what it means, the server's own words, what helps. */
  readonly detail: () => readonly string[];
  readonly since?: number;
  readonly times?: number;
  readonly lastAt?: number;
  /** Holds from then on only: what has just begun may be no problem at all. */
  readonly from?: number;
  /** Where no time tells since when: how long it must have been seen. */
  readonly patienceMs?: number;
  /** Holds until then only: it was, and nothing more is heard of it. */
  readonly until?: number;
}

/** Enough to find the object, and to make an ObjectRef of it. */
export interface Subject {
  readonly kind: AttentionKind;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
}

/** What needs attention, for people: one row. */
export interface Finding extends Pick<Problem, 'since' | 'times' | 'lastAt'> {
  /** The same finding has the same key in each reading. */
  readonly key: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly source: string;
  readonly sentence: string;
  readonly detail: () => readonly string[];
  /** The object; of several pods their workload, or the first of them where that is not known. */
  readonly subject: Subject;
  readonly count: number;
  /** The objects, each with its own sentence, where there are several. */
  readonly members: () => readonly Finding[];
}

export type ObjectOf<K extends AttentionKind> = KindMap[K];

export const minute = 60_000;
