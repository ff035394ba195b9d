import { Duplex, Transform, type TransformCallback } from 'node:stream';
import { DecoratorHandler, type Dispatcher } from 'undici';

/** Lets bytes through, or, while it is shut, makes their sender wait. */
export class Valve extends Transform {
  #isShut = false;
  #waiting: (() => void) | undefined;

  shut(): void {
    this.#isShut = true;
  }

  open(): void {
    this.#isShut = false;
    this.#waiting?.();
    this.#waiting = undefined;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const pass = () => done(null, chunk);
    if (this.#isShut) this.#waiting = pass;
    else pass();
  }
}

/**
 * A dispatcher whose upgraded connection is read through the valve. A WebSocket has no other way to make the server wait:
 * its messages come as events, and undici reads on whenever its parser is empty.
 */
export function valved(dispatcher: Dispatcher, valve: Valve): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => dispatch(options, new Upgrading(handler, valve)));
}

type Handler = Dispatcher.DispatchHandler;
type OnUpgrade = NonNullable<Handler['onRequestUpgrade']>;
/** Its types leave a method out that it has. */
const Decorator = DecoratorHandler as new (handler: Handler) => {
  onRequestUpgrade(...args: Parameters<OnUpgrade>): void;
};

class Upgrading extends Decorator {
  readonly #valve: Valve;

  constructor(handler: Handler, valve: Valve) {
    super(handler);
    this.#valve = valve;
  }

  override onRequestUpgrade(...[controller, status, headers, socket]: Parameters<OnUpgrade>): void {
    const readable = socket.pipe(this.#valve);
    super.onRequestUpgrade(controller, status, headers, Duplex.from({ readable, writable: socket }));
  }
}
