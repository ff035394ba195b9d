import { parseTime, validTime } from '../../../core/time.ts';
import type { Condition, KubeObject, LabelSelector, OwnerReference } from '../../../domain/kubernetes/model.ts';
import {
  type Field,
  type Message,
  flag,
  integer,
  list,
  map,
  message,
  part,
  shared,
  sharedText,
  text,
  texts,
} from '../protobuf.ts';
import { memoized } from '../recent.ts';

const seconds = message({ seconds: integer(1) });

/** meta/v1 Time: milliseconds when decoded, RFC 3339 in JSON; the zero time is an empty message. */
export const time = (number: number): Field<number | string | undefined> => ({
  number,
  bytes(_, bytes, start, end) {
    const value = seconds(bytes, start, end).seconds;
    return value === undefined ? undefined : validTime(value * 1000);
  },
});

export function millis(value: number | string | null | undefined): number | undefined {
  if (typeof value === 'number') return value;
  return value ? parseTime(value) : undefined;
}

/** resource.Quantity: a message around its text. */
const quantityText = message({ string: text(1) });
export const quantity = (number: number): Field<string> => ({
  number,
  bytes: (_, bytes, start, end) => quantityText(bytes, start, end).string ?? '',
});

/** meta/v1 MicroTime. */
const moment = message({ seconds: integer(1), nanos: integer(2) });
export const microTime = (number: number): Field<number | string | undefined> => ({
  number,
  bytes(_, bytes, start, end) {
    const { seconds, nanos = 0 } = moment(bytes, start, end);
    return seconds === undefined ? undefined : validTime(seconds * 1000 + Math.floor(nanos / 1e6));
  },
});

/** intstr.IntOrString: a number, or (type 1) a name. */
const numberOrText = message({ type: integer(1), intVal: integer(2), strVal: text(3) });
export const intOrString = (number: number): Field<number | string> => ({
  number,
  bytes(_, bytes, start, end) {
    const { type, intVal = 0, strVal = '' } = numberOrText(bytes, start, end);
    return type === 1 ? strVal : intVal;
  },
});

/** What most objects lack is the same nothing in all of them. */
export const noRecord: Readonly<Record<string, string>> = Object.freeze({});
export const none: readonly never[] = Object.freeze([]);

/** Of a list that is not there, or empty, nothing new is made. */
export function each<R, T>(raw: readonly R[] | undefined, project: (raw: R) => T): readonly T[] {
  return raw && raw.length > 0 ? raw.map(project) : none;
}

const ownerShape = { kind: text(1), name: text(3), uid: text(4), controller: flag(6) };
const ownerReference = message(ownerShape);

export const metaShape = {
  name: text(1),
  namespace: sharedText(3),
  uid: text(5),
  resourceVersion: text(6),
  generation: integer(7),
  creationTimestamp: time(8),
  deletionTimestamp: time(9),
  labels: shared(map(11, text)),
  ownerReferences: shared(list(13, ownerReference)),
};
/** meta/v1 ObjectMeta without annotations, which may be as big as all the rest. */
export const objectMeta = message(metaShape);
const annotated = { ...metaShape, annotations: map(12, text) };
export const annotatedMeta = message(annotated);
export type RawAnnotatedMeta = Message<typeof annotated>;
/** With who wrote last and when. */
export const signedMeta = message({
  ...metaShape,
  managedFields: list(17, message({ manager: sharedText(1), time: time(4) })),
});
/** With the times of managedFields, and nothing else of them. */
export const managedMeta = message({ ...metaShape, managedFields: list(17, message({ time: time(4) })) });
export type RawMeta = Message<typeof metaShape>;

export function projectMeta(meta: RawMeta = {}): KubeObject {
  const deletedAt = millis(meta.deletionTimestamp);
  return {
    uid: meta.uid ?? '',
    name: meta.name ?? '',
    namespace: meta.namespace ?? '',
    resourceVersion: meta.resourceVersion ?? '',
    createdAt: millis(meta.creationTimestamp) ?? 0,
    ...(deletedAt !== undefined && { deletedAt }),
    labels: meta.labels ?? noRecord,
    owners: meta.ownerReferences ? projectOwners(meta.ownerReferences) : none,
  };
}

const projectOwners = memoized((owners: readonly Message<typeof ownerShape>[]): readonly OwnerReference[] =>
  each(owners, ({ kind = '', name = '', uid = '', controller = false }) => ({ kind, name, uid, controller })),
);

/** Conditions have the same fields in every kind, under numbers of each kind's own. */
export const conditionShape = (numbers: { changedAt: number; reason: number; message: number }) => ({
  type: text(1),
  status: text(2),
  lastTransitionTime: time(numbers.changedAt),
  reason: text(numbers.reason),
  message: text(numbers.message),
});
export type RawCondition = Message<ReturnType<typeof conditionShape>>;

export function projectConditions(conditions: readonly RawCondition[] | undefined): readonly Condition[] {
  return each(conditions, (raw) => {
    const changedAt = millis(raw.lastTransitionTime);
    return {
      type: raw.type ?? '',
      status: raw.status ?? '',
      reason: raw.reason ?? '',
      message: raw.message ?? '',
      ...(changedAt !== undefined && { changedAt }),
    };
  });
}

const selectorShape = {
  matchLabels: map(1, text),
  matchExpressions: list(2, message({ key: text(1), operator: text(2), values: texts(3) })),
};
export const labelSelector = message(selectorShape);
export type RawSelector = Message<typeof selectorShape>;

export function projectSelector(selector: RawSelector = {}): LabelSelector {
  return {
    matchLabels: selector.matchLabels ?? noRecord,
    matchExpressions: each(selector.matchExpressions, ({ key = '', operator = '', values = none }) => ({
      key,
      operator,
      values,
    })),
  };
}

/** meta/v1 ListMeta */
export const listMeta = message({ resourceVersion: text(2), continue: text(3) });

/** meta/v1 Status, as watches send it in an ERROR event. */
export const status = message({
  message: text(3),
  reason: text(4),
  details: part(5, message({ retryAfterSeconds: integer(5) })),
  code: integer(6),
});
