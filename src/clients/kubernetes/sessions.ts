import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { slices } from '../../core/slices.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import type { Decoded, Kind } from './kinds/kind.ts';
import type { ApiResponse, Transport } from './transport.ts';
import { type WatchEvent, accepted, decodeList, watchDecoder } from './watch-stream.ts';

/** What is watched, and how it is asked for. */
export interface Scope<T extends KubeObject> {
  readonly transport: Transport;
  readonly kind: Kind<T>;
  readonly namespace: string | undefined;
  /** Only JSON, after protobuf could not be read. */
  readonly plain: boolean;
}

export type Start =
  /** Everything that is there first, at least as new as `from` (`0`: whatever the server has, empty: the newest). */
  { readonly kind: 'initial'; readonly from: string } | { readonly kind: 'resume'; readonly resourceVersion: string };

/**
 * A resumed stream is renewed by the server this often: it sends a bookmark right before, so that the version never grows
 * too old and a peer that is gone without a word is missed soon. The first one has time to send all there is.
 */
const resumeSeconds = 20;
const initialSeconds = 300;
/** A stream without a byte for this long is dead or should prove that it is not. */
const silenceMs = 23_000;
const pageSize = '500';

/** Opens a watch. @throws JarvisError kube.gone, kube.invalid (the server is too old for `initial`) and all the others */
export function openWatch<T extends KubeObject>(
  scope: Scope<T>,
  start: Start,
  signal: AbortSignal,
  patienceMs?: number,
): Promise<ApiResponse> {
  const { transport, kind, namespace, plain } = scope;
  return transport.stream(
    {
      path: apiPath(kind, namespace),
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        labelSelector: kind.labelSelector,
        fieldSelector: kind.fieldSelector,
        ...(start.kind === 'initial'
          ? {
              sendInitialEvents: 'true',
              resourceVersionMatch: 'NotOlderThan',
              resourceVersion: start.from,
              timeoutSeconds: String(initialSeconds),
            }
          : {
              resourceVersion: start.resourceVersion,
              timeoutSeconds: String(Math.round(resumeSeconds - Math.random() * 4)),
            }),
      },
      accept: accepted('watch', kind, plain),
      ...(patienceMs !== undefined && { patienceMs }),
    },
    signal,
  );
}

/** Hands over the events until the server ends the stream or is silent for too long. @throws JarvisError when it breaks */
export async function readWatch<T extends KubeObject>(
  scope: Scope<T>,
  { body, contentType }: ApiResponse,
  onEvent: (event: WatchEvent<T>) => void,
): Promise<void> {
  const decode = watchDecoder(scope.kind, contentType);
  const silence = new Silence(scope.transport.clock, body);
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      silence.heard();
      readable(scope, () => slices.work(() => decode(chunk, onEvent)));
      await slices.rest();
    }
  } catch (error) {
    if (!silence.ended) throw scope.transport.streamError(error);
  } finally {
    silence.dispose();
  }
}

/** All objects, for servers without streaming lists. */
export async function listAll<T extends KubeObject>(
  scope: Scope<T>,
  signal: AbortSignal,
): Promise<{ readonly items: Decoded<T>[]; readonly resourceVersion: string }> {
  const items: Decoded<T>[] = [];
  let resourceVersion = '';
  for await (const page of listPages(scope, signal)) {
    items.push(...page.items);
    resourceVersion = page.resourceVersion;
  }
  return { items, resourceVersion };
}

/** The same, a page at a time. */
export async function* listPages<T extends KubeObject>(
  scope: Scope<T>,
  signal: AbortSignal,
): AsyncGenerator<{ readonly items: Decoded<T>[]; readonly resourceVersion: string }> {
  const { transport, kind, namespace, plain } = scope;
  for (let next: string | undefined; ;) {
    const { contentType, body } = await transport.bytes(
      {
        path: apiPath(kind, namespace),
        query: {
          limit: pageSize,
          continue: next,
          labelSelector: kind.labelSelector,
          fieldSelector: kind.fieldSelector,
        },
        accept: accepted('list', kind, plain),
      },
      signal,
    );
    const page = readable(scope, () => slices.work(() => decodeList(kind, contentType, body)));
    yield page;
    if (!page.next) return;
    await slices.rest();
    next = page.next;
  }
}

/** What cannot be decoded is told as such. */
function readable<T extends KubeObject, R>({ transport, kind }: Scope<T>, read: () => R): R {
  try {
    return read();
  } catch (error) {
    if (error instanceof JarvisError) throw error;
    throw new JarvisError({
      code: 'kube.malformed',
      message: t('{0} sent {1} that cannot be read.', transport.ref.context, kind.resource),
      cause: error,
      remedies: [{ kind: 'retry' }, { kind: 'openLog' }],
    });
  }
}

/** Ends a stream that says nothing for too long. */
class Silence {
  ended = false;
  readonly #clock: Clock;
  readonly #body: Readable;
  #heardAt: number;
  #timer;

  constructor(clock: Clock, body: Readable) {
    this.#clock = clock;
    this.#body = body;
    this.#heardAt = clock.now();
    this.#timer = clock.after(silenceMs, () => this.#check());
  }

  heard(): void {
    this.#heardAt = this.#clock.now();
  }

  dispose(): void {
    this.#timer.dispose();
  }

  #check(): void {
    const left = this.#heardAt + silenceMs - this.#clock.now();
    if (left > 0) {
      this.#timer = this.#clock.after(left, () => this.#check());
      return;
    }
    this.ended = true;
    this.#body.destroy();
  }
}
