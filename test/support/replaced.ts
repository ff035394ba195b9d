import type { Disposable } from '../../src/core/disposable.ts';

/** Puts these in the place of what the object has, until it is disposed. */
export function replaced<T extends object>(object: T, by: Partial<T>): Disposable {
  const real = Object.entries(object).filter(([name]) => name in by);
  Object.assign(object, by);
  return { dispose: () => void Object.assign(object, Object.fromEntries(real)) };
}
