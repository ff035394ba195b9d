import { JarvisError, isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { KubeObject } from '../../domain/kubernetes/model.ts';
import type { Shared } from './leases.ts';
import type { ObjectCache } from './object-cache.ts';
import type { UsageCache } from './usage-cache.ts';

/** A cache and the work that fills it, which is loaded when it is first run. */
export class SharedWork<C extends ObjectCache<KubeObject> | UsageCache> implements Shared {
  readonly cache: C;
  readonly #load: () => Promise<(signal: AbortSignal) => Promise<void>>;
  #work: ((signal: AbortSignal) => Promise<void>) | undefined;
  #current: AbortSignal | undefined;

  constructor(cache: C, load: () => Promise<(signal: AbortSignal) => Promise<void>>) {
    this.cache = cache;
    this.#load = load;
  }

  async run(signal: AbortSignal): Promise<void> {
    this.#current = signal;
    try {
      this.#work ??= await this.#load();
      if (this.#current === signal) await this.#work(signal);
    } catch (error) {
      if (!isCancelled(error) && !signal.aborted) this.cache.fail(toJarvisError(error));
    }
  }

  paused(): void {
    this.cache.fail(
      new JarvisError({ code: 'kube.paused', message: t('Not watched while nobody looks.'), remedies: [] }),
    );
  }

  dispose(): void {
    this.cache.dispose();
  }
}
