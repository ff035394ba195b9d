import { t } from '../../core/l10n.ts';
import { type Json, type JsonObject, jsonObject } from '../remediation/json.ts';

/** The object as a person may read it: in kubectl's order, without managedFields, of a Secret its keys and lengths alone. */
export function presentable(object: JsonObject): JsonObject {
  const { apiVersion, kind, metadata, ...rest } = object;
  const meta = Object.fromEntries(Object.entries(jsonObject(metadata)).filter(([name]) => name !== 'managedFields'));
  const whole = { apiVersion, kind, metadata: meta, ...rest };
  return kind === 'Secret' ? masked(whole) : whole;
}

/** Secret values never leave this function: nor in `stringData`, nor in copies of the object that tools keep in annotations. */
function masked(secret: JsonObject): JsonObject {
  const { data, stringData, metadata } = secret;
  const { annotations, ...meta } = jsonObject(metadata);
  return {
    ...secret,
    metadata: { ...meta, ...(annotations !== undefined && { annotations: eachText(annotations, annotation) }) },
    ...(data !== undefined && { data: eachText(data, (text) => hidden(decodedLength(text))) }),
    ...(stringData !== undefined && { stringData: eachText(stringData, (text) => hidden(Buffer.byteLength(text))) }),
  };
}

/** What may hold the object once more, whichever tool wrote it; names, dates and digests are shorter. */
const longestHarmless = 128;

function annotation(text: string, name: string): string {
  const isCopy = /applied|original|last-handled/.test(name) || /^\s*[[{]/.test(text) || text.length > longestHarmless;
  return isCopy ? hidden(Buffer.byteLength(text)) : text;
}

function eachText(fields: Json, change: (text: string, name: string) => string): JsonObject {
  return Object.fromEntries(
    Object.entries(jsonObject(fields)).map(([name, value]) => [
      name,
      change(typeof value === 'string' ? value : '', name),
    ]),
  );
}

/** RFC 4648: four characters for three bytes, filled up with `=`. */
function decodedLength(base64: string): number {
  const padding = /={0,2}$/.exec(base64)?.[0].length ?? 0;
  return Math.max(0, Math.floor((base64.length / 4) * 3) - padding);
}

function hidden(bytes: number): string {
  return bytes === 1 ? t('masked, 1 byte') : t('masked, {0} bytes', bytes);
}
