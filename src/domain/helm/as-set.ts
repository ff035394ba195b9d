import { parseQuantity } from '../kubernetes/quantity.ts';
import { type Json, type JsonObject, isJsonList, isJsonObject, jsonObject } from '../remediation/json.ts';

/**
 * The live object as far as the manifest speaks of it: what the server and others have added is left out, and what says
 * the same in other words (`1` for `1000m`, nothing for `false`) is said in the manifest's. What is left differs from the
 * manifest where, and only where, what the manifest sets is not so.
 */
export function asSet(manifest: JsonObject, live: JsonObject): JsonObject {
  const isSecret = manifest['kind'] === 'Secret';
  return inObject(isSecret ? withData(manifest) : manifest, live, false);
}

/** A Secret as the server keeps it: what is written as text is encoded. Source: core/v1 Secret, stringData. */
export function withData(secret: JsonObject): JsonObject {
  const { stringData, data, ...rest } = secret;
  const encoded = each(jsonObject(stringData), (value) =>
    Buffer.from(typeof value === 'string' ? value : '').toString('base64'),
  );
  const given = each(jsonObject(data), (value) => (typeof value === 'string' ? value.replace(/\s/g, '') : value));
  return { ...rest, ...((stringData ?? data) !== undefined && { data: { ...given, ...encoded } }) };
}

function inObject(set: JsonObject, live: JsonObject, isQuantity: boolean): JsonObject {
  const fields: [string, Json][] = [];
  for (const [name, value] of Object.entries(set)) {
    const known = Object.hasOwn(live, name) ? live[name] : undefined;
    if (value === undefined) continue;
    if (known !== undefined) fields.push([name, inValue(value, known, isQuantity || quantities.has(name))]);
    else if (isZero(value)) fields.push([name, value]);
  }
  return Object.fromEntries(fields);
}

function inValue(set: Json, live: Json, isQuantity: boolean): Json {
  if (isJsonList(set) && isJsonList(live)) return inList(set, live, isQuantity);
  if (isJsonObject(set) && isJsonObject(live)) return inObject(set, live, isQuantity);
  return isSame(set, live, isQuantity) ? set : live;
}

/** Items that have a name are those of that name, wherever they stand; of others, the first is the first. */
function inList(set: readonly Json[], live: readonly Json[], isQuantity: boolean): readonly Json[] {
  const key = itemKeys.find((name) => isKeyOf(name, set) && isKeyOf(name, live));
  if (key === undefined)
    return live.map((item, index) => {
      const own = set[index];
      return own === undefined ? item : inValue(own, item, isQuantity);
    });
  const byKey = new Map(live.map((item) => [jsonObject(item)[key], item]));
  return set.flatMap((item) => {
    const known = byKey.get(jsonObject(item)[key]);
    return known === undefined ? [] : [inValue(item, known, isQuantity)];
  });
}

/** Source: the patchMergeKey of k8s.io/api. */
const itemKeys = ['name', 'mountPath', 'devicePath', 'containerPort', 'port', 'ip', 'key', 'topologyKey'] as const;

function isKeyOf(key: string, items: readonly Json[]): boolean {
  const values = items.map((item) => jsonObject(item)[key]);
  return values.every((one) => one !== undefined && typeof one !== 'object') && new Set(values).size === items.length;
}

/** Fields that are quantities, or hold them. Source: resource.Quantity in k8s.io/api. */
const quantities = new Set(['requests', 'limits', 'capacity', 'hard', 'averageValue', 'sizeLimit', 'divisor']);

function isSame(set: Json, live: Json, isQuantity: boolean): boolean {
  if (!isQuantity || !isScalar(set) || !isScalar(live)) return set === live;
  const quantity = parseQuantity(set);
  return quantity === undefined ? set === live : quantity === parseQuantity(live);
}

/** What a server leaves out when it is empty. Source: api-conventions.md, "Optional vs. Required". */
function isZero(value: Json): boolean {
  if (isJsonList(value)) return value.length === 0;
  if (isJsonObject(value)) return Object.values(value).every((one) => one === undefined || isZero(one));
  return !value;
}

function isScalar(value: Json): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function each(object: JsonObject, change: (value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(object).flatMap(([name, value]) => (value === undefined ? [] : [[name, change(value)]])),
  );
}
