import { backoff } from '../../core/async.ts';
import { type JarvisError, toJarvisError } from '../../core/errors.ts';
import type { Event } from '../../core/event.ts';
import type { Logger } from '../../core/log.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import { Completions } from './completions.ts';
import { apiError, listUnfinished, streamEnded } from './errors.ts';
import type { Decoded, Kind } from './kinds/kind.ts';
import type { ObjectCache } from './object-cache.ts';
import { type Scope, listPages, openWatch, readWatch } from './sessions.ts';
import type { Transport } from './transport.ts';
import { pause } from './pause.ts';
import type { WatchEvent } from './watch-stream.ts';

export interface Watched<T extends KubeObject> {
  readonly transport: Transport;
  readonly kind: Kind<T>;
  /** Without it, all namespaces. */
  readonly namespace: string | undefined;
  readonly cache: ObjectCache<T>;
  /** Fires when a retry that is waited for should be made at once. */
  readonly wake: Event<undefined>;
  readonly log: Logger;
}

/** A stream that lasted this long has proved that the server works. */
const provenMs = 5000;
/** The first try to reopen a stream that broke: the view must say soon that it is old. */
const reopenPatienceMs = 6000;

/** How a session ended; without an error, the server ended it in good order. */
interface SessionEnd {
  readonly opened: boolean;
  /** It lasted, and was of use: a server that never comes to the end of its list proves nothing. */
  readonly proven: boolean;
  readonly error?: JarvisError;
}

/** A list under way, and what of its objects is to be read later. */
class Incoming<T extends KubeObject> {
  readonly objects = new Map<string, T>();
  readonly unread: Decoded<T>[] = [];

  add(item: Decoded<T>): void {
    this.objects.set(item.object.uid, item.object);
    if (item.complete) this.unread.push(item);
  }
}

/**
 * Keeps a cache equal to what the server has: list and watch in one stream where the server can (`sendInitialEvents`),
 * else paged list, then watch; resumed from the last resourceVersion; listed anew after 410, while the old objects stay.
 * A stream that breaks is reopened at once; when that fails the cache is stale from then on and further tries wait.
 */
export class Reflector<T extends KubeObject> {
  readonly #watched: Watched<T>;
  readonly #completions: Completions<T>;
  #plain = false;
  /** Undefined: the next session lists. */
  #resourceVersion: string | undefined;
  #listFrom = '0';
  /** The list that is under way. */
  #incoming: Incoming<T> | undefined;
  /** Sessions in a row that proved nothing. */
  #failures = 0;

  constructor(watched: Watched<T>) {
    this.#watched = watched;
    this.#completions = new Completions(watched.cache);
  }

  /** Runs until the signal fires; may be run again and then resumes. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) await this.#round(signal);
  }

  /** One session, and the wait after it where it failed. */
  async #round(signal: AbortSignal): Promise<void> {
    const end = await this.#session(signal);
    if (signal.aborted) return;
    if (end.proven) this.#failures = 0;
    const adapted = this.#adapt(end.error);
    const atOnce = this.#failures++ === 0 && (end.opened || adapted);
    if (!atOnce) await this.#wait(end.error ?? streamEnded(this.#watched.transport.ref.context), signal);
  }

  async #session(signal: AbortSignal): Promise<SessionEnd> {
    const { clock } = this.#watched.transport;
    const session = { opened: false, openedAt: clock.now() };
    const end = (): SessionEnd => ({
      opened: session.opened,
      proven: session.opened && !this.#incoming && clock.now() - session.openedAt >= provenMs,
    });
    try {
      await this.#follow(session, signal);
      return end();
    } catch (error) {
      return { ...end(), error: toJarvisError(error) };
    }
  }

  async #follow(session: { opened: boolean; openedAt: number }, signal: AbortSignal): Promise<void> {
    const { transport, cache } = this.#watched;
    this.#incoming = undefined;
    if (this.#resourceVersion === undefined && !transport.streamsLists) await this.#list(signal);
    const resourceVersion = this.#resourceVersion;
    const response =
      resourceVersion === undefined
        ? await openWatch(this.#scope, { kind: 'initial', from: this.#listFrom }, signal)
        : await openWatch(this.#scope, { kind: 'resume', resourceVersion }, signal, this.#patience());
    session.opened = true;
    session.openedAt = transport.clock.now();
    if (resourceVersion === undefined) this.#incoming = this.#receive();
    else cache.fresh();
    await readWatch(this.#scope, response, (event) => this.#take(event));
    if (this.#incoming) throw listUnfinished(transport.ref.context);
  }

  async #list(signal: AbortSignal): Promise<void> {
    const incoming = this.#receive();
    let version = '';
    for await (const { items, resourceVersion } of listPages(this.#scope, signal)) {
      for (const item of items) incoming.add(item);
      version = resourceVersion;
    }
    this.#replace(incoming, version);
  }

  #receive(): Incoming<T> {
    const incoming = new Incoming<T>();
    this.#watched.cache.receive(incoming.objects);
    return incoming;
  }

  #take(event: WatchEvent<T>): void {
    if (event.type === 'ERROR') throw apiError(this.#watched.transport.ref.context, event.status);
    if (event.type === 'BOOKMARK') {
      if (this.#incoming && event.endOfInitial) this.#replace(this.#incoming, event.resourceVersion);
      else if (!this.#incoming) this.#resourceVersion = event.resourceVersion;
    } else if (this.#incoming) {
      if (event.type === 'DELETED') this.#incoming.objects.delete(event.item.object.uid);
      else this.#incoming.add(event.item);
    } else this.#apply(event.type, event.item);
  }

  #apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', item: Decoded<T>): void {
    const { cache } = this.#watched;
    this.#resourceVersion = item.object.resourceVersion;
    if (type === 'DELETED') cache.remove(item.object.uid);
    else if (!cache.knows(item.object)) {
      cache.put(item.object);
      this.#completions.add(item);
    }
  }

  #replace({ objects, unread }: Incoming<T>, resourceVersion: string): void {
    const { cache } = this.#watched;
    const news = unread.filter(({ object }) => !cache.knows(object));
    this.#incoming = undefined;
    this.#resourceVersion = resourceVersion;
    this.#listFrom = '0';
    cache.replace(objects);
    for (const item of news) this.#completions.add(item);
  }

  /** Draws the conclusion from an error that asks for another way; false where only waiting helps. */
  #adapt(error: JarvisError | undefined): boolean {
    const { transport } = this.#watched;
    if (error?.code === 'kube.gone') {
      this.#resourceVersion = undefined;
      this.#listFrom = '';
      return true;
    }
    // the kind itself is gone, and what it had; should it come back, its objects are others
    if (error?.code === 'kube.notFound') this.#resourceVersion = undefined;
    if (error?.code === 'kube.invalid' && this.#resourceVersion === undefined && transport.streamsLists) {
      transport.streamsLists = false;
      return true;
    }
    if (error?.code === 'kube.malformed' || error?.code === 'kube.notAcceptable') {
      const before = this.#plain;
      this.#plain = true;
      return !before;
    }
    return false;
  }

  async #wait(error: JarvisError, signal: AbortSignal): Promise<void> {
    const { cache, transport, wake, log, kind } = this.#watched;
    cache.fail(error);
    const ms = Math.max(backoff(this.#failures - 1), (error.retryAfterSeconds ?? 0) * 1000);
    log.warn(`watch of ${kind.resource} in ${transport.ref.context} failed, next try in ${Math.round(ms)} ms`, error);
    await pause(transport.clock, ms, wake, signal);
  }

  #patience(): number | undefined {
    return this.#failures <= 1 ? reopenPatienceMs : undefined;
  }

  get #scope(): Scope<T> {
    const { transport, kind, namespace } = this.#watched;
    return { transport, kind, namespace, plain: this.#plain };
  }
}
