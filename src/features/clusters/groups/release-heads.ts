import { isCancelled, toJarvisError } from '../../../core/errors.ts';
import type { ReleaseHead } from '../../../domain/helm/model.ts';
import type { ReleaseRevision } from '../../../domain/kubernetes/model.ts';
import { Asking, type Opening } from '../opening.ts';

/** A payload may have a megabyte. */
const atOnce = 4;

/**
 * What payloads tell of revisions (chart, time, description), read once for each version of a record when a row is drawn that
 * shows it: a list of thousands costs no more payloads than it shows.
 */
export class ReleaseHeads {
  readonly #opening: Opening;
  readonly #signal: AbortSignal;
  readonly #heads = new Map<string, ReleaseHead>();
  readonly #waiting: ReleaseRevision[] = [];
  #underWay = 0;

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#signal = opening.add(new Asking()).signal;
  }

  /** The revision with as much as is known of it now. */
  of(record: ReleaseRevision): ReleaseRevision {
    const key = keyOf(record);
    const head = this.#heads.get(key);
    if (head) return { ...record, ...head };
    this.#heads.set(key, {});
    this.#waiting.push(record);
    this.#next();
    return record;
  }

  #next(): void {
    while (this.#underWay < atOnce) {
      const record = this.#signal.aborted ? undefined : this.#waiting.shift();
      if (!record) return;
      this.#underWay++;
      void this.#read(record).finally(() => {
        this.#underWay--;
        this.#next();
      });
    }
  }

  async #read(record: ReleaseRevision): Promise<void> {
    const { namespace, release, revision } = record;
    const { releases } = this.#opening.inside.cluster;
    const head = await releases.head(namespace, release, revision, this.#signal).catch((error: unknown) => {
      if (isCancelled(error)) return undefined;
      return { payloadError: toJarvisError(error).message };
    });
    if (!head || this.#signal.aborted) return;
    this.#heads.set(keyOf(record), head);
    this.#opening.changed();
  }
}

function keyOf({ uid, resourceVersion }: ReleaseRevision): string {
  return `${uid} ${resourceVersion}`;
}
