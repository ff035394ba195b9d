import { t } from '../../core/l10n.ts';
import { presentable } from '../kubernetes/presentable.ts';
import { type Json, type JsonObject, isJsonList, isJsonObject } from '../remediation/json.ts';

/** An object of the API, or undefined where there is none. */
type Side = JsonObject | undefined;

/**
 * Two states of an object as a person may read and compare them: fields in one order, of Secrets keys and lengths. Where a
 * value has changed and its length has not, the later one says so.
 */
export function shownPair(before: Side, after: Side): readonly [Side, Side] {
  const [left, right] = [before, after].map((side) => side && presentable(sorted(side)));
  if (!before || !after || !left || !right) return [left, right];
  return [left, told(before, after, left, right)];
}

/** With the fields of each object in the order of their names; a list's order means something. */
export function sorted(object: JsonObject): JsonObject {
  return inOrder(object) as JsonObject;
}

function inOrder(value: Json): Json {
  if (isJsonList(value)) return value.map(inOrder);
  if (!isJsonObject(value)) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.flatMap(([name, field]) => (field === undefined ? [] : [[name, inOrder(field)]])));
}

/** The later side, in which what differs and looks the same says that it differs. */
function told(before: JsonObject, after: JsonObject, left: JsonObject, right: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(right).map(([name, value]) => {
      const [old, now, was] = [before[name], after[name], left[name]];
      if (isJsonObject(old) && isJsonObject(now) && isJsonObject(was) && isJsonObject(value))
        return [name, told(old, now, was, value)];
      const isHidden = typeof value === 'string' && value === was && old !== now;
      return [name, isHidden ? t('{0}, another value', value) : value];
    }),
  );
}
