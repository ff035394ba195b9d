import * as v from 'valibot';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { JsonObject } from '../../../domain/remediation/json.ts';

/** What a function is given: version 1. Documented in the README, for those who write one. */
const eventSchema = v.object({
  version: v.literal(1),
  /** The same id is the same plan, however often it comes. */
  planId: v.string(),
  remediation: v.string(),
  target: v.object({
    cluster: v.string(),
    context: v.string(),
    server: v.string(),
    namespace: v.string(),
    kind: v.string(),
    name: v.string(),
    uid: v.string(),
  }),
  /** As the workflow of the same remedy takes them. */
  values: v.record(v.string(), v.string()),
  /** What the object was, in one line, for a workflow whose run may wait for hours. */
  plannedFor: v.string(),
});

/** `owner/name`, a server that Jarvis signs in to, and, where it is known, the workflow whose runs bear the plan's id. */
const repositorySchema = v.object({ apiUrl: v.string(), owner: v.string(), repo: v.string(), workflow: v.string() });

/** What a plan pins: what will be sent, to which function of which account, by whose credentials. */
const requestSchema = v.object({
  scope: v.object({
    label: v.string(),
    profile: v.exactOptional(v.string()),
    region: v.string(),
    endpointUrl: v.exactOptional(v.string()),
  }),
  account: v.string(),
  arn: v.string(),
  /** `request`: the function's answer is waited for. `async`: AWS queues it, and nothing is told. */
  mode: v.picklist(['request', 'async']),
  event: eventSchema,
  githubApiUrl: v.string(),
  /** Where the function would have started a workflow, if it starts one. */
  workflow: v.exactOptional(repositorySchema),
});

/** What is known of how an invocation ended. Small enough for the journal. */
const replySchema = v.object({
  /** `accepted`: it goes on elsewhere. */
  status: v.picklist(['done', 'accepted', 'failed']),
  message: v.string(),
  /** Why it failed, as Jarvis tells it apart. */
  code: v.exactOptional(v.custom<`lambda.${string}`>((code) => typeof code === 'string')),
  /** The work may have begun, and may go on. */
  inDoubt: v.exactOptional(v.boolean()),
  /** The workflow run that it started; without an id it is found by the plan's id in its name. */
  run: v.exactOptional(v.object({ ...repositorySchema.entries, runId: v.exactOptional(v.number()) })),
  logTail: v.array(v.string()),
});

/** The request that was sent, and its reply where it came within moments. */
const handleSchema = v.object({ ...requestSchema.entries, sentAt: v.number(), reply: v.exactOptional(replySchema) });

export type LambdaEvent = v.InferOutput<typeof eventSchema>;
export type LambdaRequest = v.InferOutput<typeof requestSchema>;
export type LambdaHandle = v.InferOutput<typeof handleSchema>;
export type Reply = v.InferOutput<typeof replySchema>;

/** @throws JarvisError `lambda.invalidPlan` for a payload of another route, or of a version that wrote it otherwise. */
export const readRequest = (payload: JsonObject): LambdaRequest => read(requestSchema, payload);
/** @throws JarvisError as {@link readRequest} */
export const readHandle = (payload: JsonObject): LambdaHandle => read(handleSchema, payload);

function read<T>(schema: v.GenericSchema<unknown, T>, payload: JsonObject): T {
  const result = v.safeParse(schema, payload);
  if (result.success) return result.output;
  const message = t('This plan was made for another version of Jarvis and cannot be carried on.');
  throw new JarvisError({ code: 'lambda.invalidPlan', message, cause: result.issues });
}
