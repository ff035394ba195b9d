/**
 * A contract is two maps from a message's name to its body. Senders and handlers are derived from the maps, so that a
 * missing handler or a wrong body does not compile.
 */
export type MessageMap = object;

/** What goes over the wire. */
export type Message<M extends MessageMap> = {
  [K in keyof M & string]: { readonly type: K; readonly body: M[K] };
}[keyof M & string];

export type Send<M extends MessageMap> = <K extends keyof M & string>(type: K, body: M[K]) => void;

export type Handlers<M extends MessageMap> = {
  readonly [K in keyof M]: (body: M[K]) => void | Promise<void>;
};

/** Calls the handler of the message. */
export function dispatch<M extends MessageMap, K extends keyof M & string>(
  handlers: Handlers<M>,
  message: { readonly type: K; readonly body: M[K] },
): void | Promise<void> {
  return handlers[message.type](message.body);
}
