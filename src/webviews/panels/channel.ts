import { isCancelled, toJarvisError } from '../../core/errors.ts';
import type { Logger } from '../../core/log.ts';
import { type Incoming, parseIncoming, type Schemas } from '../contract/incoming.ts';
import { dispatch, type Handlers } from '../contract/message.ts';

/**
 * The host's ear: takes what a view sent, lets through only what the contract knows, and calls its handler.
 * Anything else is logged and has no effect; so is a handler's failure (handlers show their own).
 */
export function receiver<S extends Schemas>(
  schemas: S,
  handlers: Handlers<Incoming<S>>,
  log: Logger,
): (raw: unknown) => Promise<void> {
  return async (raw) => {
    try {
      await dispatch(handlers, parseIncoming(schemas, raw));
    } catch (error) {
      if (isCancelled(error)) return;
      const known = toJarvisError(error);
      log.warn(`${known.code}: ${known.message}`, known.cause);
    }
  };
}
