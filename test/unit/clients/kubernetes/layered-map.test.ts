import assert from 'node:assert/strict';
import { LayeredMap } from '../../../../src/clients/kubernetes/layered-map.ts';

const object = (value: number) => ({ value });
const filled = (count: number) =>
  new LayeredMap(new Map(Array.from({ length: count }, (_, index) => [`k${index}`, object(index)])));

describe('a layered map', () => {
  it('is what a map would be, after any changes', () => {
    const layered = filled(1000);
    const plain = new Map(layered.snapshot());
    let seed = 1;
    for (let step = 0; step < 20_000; step++) {
      seed = (seed * 48_271) % 2_147_483_647;
      const key = `k${seed % 1500}`;
      if (seed % 3 === 0) assert.equal(layered.delete(key), plain.delete(key));
      else {
        layered.set(key, object(step));
        plain.set(key, object(step));
      }
      if (step % 100 === 0) assert.deepEqual(new Map(layered.snapshot()), new Map(plain));
    }
    const snapshot = layered.snapshot();
    assert.equal(snapshot.size, plain.size);
    assert.deepEqual([...snapshot.keys()].sort(), [...plain.keys()].sort());
    assert.deepEqual(
      [...snapshot.values()].map(({ value }) => value).sort(),
      [...plain.values()].map(({ value }) => value).sort(),
    );
    const told = new Map<string, unknown>();
    snapshot.forEach((value, key) => told.set(key, value));
    assert.deepEqual(told, new Map(snapshot));
  });

  it('never changes a snapshot that it has given', () => {
    const layered = filled(10);
    const first = layered.snapshot();
    layered.set('k3', object(-3));
    const second = layered.snapshot();
    layered.delete('k3');
    layered.set('new', object(1));
    assert.deepEqual([first.get('k3'), first.size, first.has('new')], [object(3), 10, false]);
    assert.deepEqual([second.get('k3'), second.size, second.has('new')], [object(-3), 10, false]);
    const third = layered.snapshot();
    assert.deepEqual([third.get('k3'), third.has('k3'), third.size], [undefined, false, 10]);
  });

  it('keeps its places when something changes', () => {
    const layered = filled(3);
    layered.set('k1', object(11));
    assert.deepEqual([...layered.snapshot().keys()], ['k0', 'k1', 'k2']);
  });
});
