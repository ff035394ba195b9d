import { t } from '../../core/l10n.ts';
import type { Loadable } from '../../core/loadable.ts';
import { oneLine } from '../../core/text.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { presentable } from '../../domain/kubernetes/presentable.ts';
import type { WholeObject } from '../../domain/kubernetes/reader.ts';
import { fullTime } from '../../ui/time.ts';
import { inWords } from './in-words.ts';
import { yamlOf } from './yaml.ts';

type Followed = Loadable<ReadonlyMap<string, WholeObject>>;

/** What a document that follows an object says: in a comment how up to date it is, then the object as it was last seen. */
export class FollowedText {
  readonly #object: ObjectRef;
  #uid: string;
  #version = '';
  #yaml = '';
  /** What happened last, while it is true. */
  #news = t('Followed: nothing has changed since it was opened.');

  constructor(object: ObjectRef) {
    this.#object = object;
    this.#uid = object.uid;
  }

  /** @param now when this was seen, milliseconds since the epoch */
  next(objects: Followed, now: number): string {
    if (objects.state === 'ready' || objects.state === 'stale') this.#see([...objects.value.values()][0], now);
    const comments = [inWords(this.#object), this.#state(objects)].map((line) => `# ${oneLine(line)}\n`);
    return comments.join('') + this.#yaml;
  }

  #see(object: WholeObject | undefined, now: number): void {
    if (!object) this.#miss(now);
    else if (object.resourceVersion !== this.#version) this.#take(object, now);
  }

  #miss(now: number): void {
    if (!this.#yaml) this.#news = t('There is no such object any more.');
    else if (this.#version) this.#news = t('Deleted at {0}. This is how it was last seen.', fullTime(now));
    this.#version = '';
  }

  #take({ uid, resourceVersion, json }: WholeObject, now: number): void {
    if (uid !== this.#uid) this.#news = t('Followed: deleted, and made anew at {0}.', fullTime(now));
    else if (this.#yaml) this.#news = t('Followed: changed at {0}.', fullTime(now));
    this.#uid = uid;
    this.#version = resourceVersion;
    this.#yaml = yamlOf(presentable(json));
  }

  #state(objects: Followed): string {
    switch (objects.state) {
      case 'loading':
        return t('Being read…');
      case 'failed':
        return objects.error.message;
      case 'stale':
        return t('Not up to date since {0}: {1}', fullTime(objects.since), objects.error.message);
      case 'ready':
        return this.#news;
    }
  }
}
