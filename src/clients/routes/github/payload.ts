import * as v from 'valibot';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { JsonObject } from '../../../domain/remediation/json.ts';

/** What a plan pins: everything that will be sent, and where to. */
const requestSchema = v.object({
  apiUrl: v.string(),
  owner: v.string(),
  repo: v.string(),
  ref: v.string(),
  /** File name: `scale.yml`. */
  workflow: v.string(),
  inputs: v.record(v.string(), v.string()),
  planId: v.string(),
});

/** The request that was sent, and its run where the server named it. */
const handleSchema = v.object({
  ...requestSchema.entries,
  sentAt: v.number(),
  runId: v.optional(v.number()),
});

export type GithubRequest = v.InferOutput<typeof requestSchema>;
export type GithubHandle = v.InferOutput<typeof handleSchema>;

/** @throws JarvisError `github.invalidPlan` for a payload of another route, or of a version that wrote it otherwise. */
export const readRequest = (payload: JsonObject): GithubRequest => read(requestSchema, payload);
/** @throws JarvisError as {@link readRequest} */
export const readHandle = (payload: JsonObject): GithubHandle => read(handleSchema, payload);

function read<T>(schema: v.GenericSchema<unknown, T>, payload: JsonObject): T {
  const result = v.safeParse(schema, payload);
  if (result.success) return result.output;
  const message = t('This plan was made for another version of Jarvis and cannot be carried on.');
  throw new JarvisError({ code: 'github.invalidPlan', message, cause: result.issues });
}
