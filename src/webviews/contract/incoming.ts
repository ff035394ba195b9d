import * as v from 'valibot';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Message } from './message.ts';

/** One schema for each message that a view may send: the runtime check and the type come from the same source. */
export type Schemas = Readonly<Record<string, v.GenericSchema>>;

/** The message map that the schemas describe. */
export type Incoming<S extends Schemas> = { [K in keyof S]: v.InferOutput<S[K]> };

const envelope = v.strictObject({ type: v.string(), body: v.unknown() });

/**
 * The message, when it is exactly one that the contract knows.
 * @throws JarvisError webview.badMessage. What a view sends is never trusted: the page shows names from servers.
 */
export function parseIncoming<S extends Schemas>(schemas: S, raw: unknown): Message<Incoming<S>> {
  const outer = v.safeParse(envelope, raw);
  if (!outer.success) throw badMessage('?', outer.issues);
  const { type, body } = outer.output;
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  if (!schema) throw badMessage(type, []);
  const inner = v.safeParse(schema, body);
  if (!inner.success) throw badMessage(type, inner.issues);
  return { type, body: inner.output };
}

function badMessage(type: string, issues: readonly v.BaseIssue<unknown>[]): JarvisError {
  return new JarvisError({
    code: 'webview.badMessage',
    message: t('A Jarvis page sent a message that the extension does not know: {0}', type.slice(0, 80)),
    cause: issues.map((issue) => issue.message).join('; '),
    remedies: [{ kind: 'openLog' }],
  });
}
