import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { errorOf } from '../../../src/core/loadable.ts';
import type { ObjectStore } from '../../../src/domain/kubernetes/store.ts';
import type { Namespace } from '../../../src/domain/kubernetes/model.ts';
import { namesWhen } from '../../support/kubernetes/client.ts';
import { Wire } from '../faults/wire.ts';
import type { Lab } from '../lab.ts';
import { World } from './world.ts';

/** How long a view may show as new what is old. */
const limitMs = 30_000;
/** For a machine that is busy with other tests. */
const grace = 3_000;

/** A watch whose line has gone dead without a word. It takes half a minute: begun early, looked at late. */
export class HalfOpen {
  readonly #world: World;
  readonly #wire: Wire;
  readonly #store: ObjectStore<Namespace>;
  readonly #noticed: Promise<number>;

  private constructor(world: World, wire: Wire, store: ObjectStore<Namespace>) {
    this.#world = world;
    this.#wire = wire;
    this.#store = store;
    wire.silence();
    const since = Date.now();
    this.#noticed = new Promise((resolve) => {
      store.onDidChange(() => {
        if (store.objects.state === 'stale') resolve(Date.now() - since);
      });
    });
  }

  static async begin(lab: Lab): Promise<HalfOpen> {
    const world = await World.of(lab);
    const wire = await Wire.to(world.proxied);
    const { store } = (await world.open({ server: wire.url })).cluster.watch('namespaces');
    await namesWhen(store, (names, state) => state === 'ready' && names.length > 0, limitMs);
    return new HalfOpen(world, wire, store);
  }

  async isNoticedAndOvercome(): Promise<void> {
    const after = await Promise.race([this.#noticed, wait(limitMs + grace, Infinity, { ref: false })]);
    assert(after <= limitMs + grace, `noticed after ${after} ms`);
    // the second where it falls silent while the watch is only connecting
    const said = /^prod-seoul did not answer within 6 seconds\.$|^prod-seoul .* cannot be reached: Connect Timeout/;
    assert.match(errorOf(this.#store.objects)?.message ?? '', said);
    this.#wire.speak();
    await namesWhen(this.#store, (names, state) => state === 'ready' && names.length > 0, 60_000);
  }

  async close(): Promise<void> {
    await this.#world.clear();
    this.#wire.dispose();
  }
}
